import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

interface VirtualRowsOptions {
  count: number;
  scroller: RefObject<HTMLElement | null>;
  rowPx: number;
  /** Rows that are drawn beyond what can be seen. */
  overscan: number;
}

interface VirtualRows {
  /** Those that are drawn: index, and place in pixels from the top. */
  items: { index: number; start: number; end: number }[];
  /** Pixels of all rows. */
  total: number;
  scrollTo: (index: number) => void;
}

/** Rows of one height, of which only those near what can be seen are drawn. */
export function useVirtualRows({ count, scroller, rowPx, overscan }: VirtualRowsOptions): VirtualRows {
  // oxlint-disable-next-line react/incompatible-library -- its functions stay in here
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
