import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

interface VirtualRowsOptions {
  count: number;
  scroller: RefObject<HTMLElement | null>;
  rowPx: number;
  /** Rows rendered beyond each end of the visible area. */
  overscan: number;
}

interface VirtualRows {
  /** Rendered rows: index, and edges in pixels from the top. */
  items: { index: number; start: number; end: number }[];
  /** Height of all rows in pixels. */
  total: number;
  scrollTo: (index: number) => void;
}

/** Virtualizes rows of equal height: only those in or near the visible area are rendered. */
export function useVirtualRows({ count, scroller, rowPx, overscan }: VirtualRowsOptions): VirtualRows {
  // oxlint-disable-next-line react/incompatible-library -- its functions don't leave this hook
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan,
  });
  return {
    items: virtual.getVirtualItems(),
    total: virtual.getTotalSize(),
    scrollTo: (index) => virtual.scrollToIndex(index),
  };
}
