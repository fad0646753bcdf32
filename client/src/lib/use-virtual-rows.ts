import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useDeferredValue, useEffect } from 'react';

interface VirtualRowsOptions {
  /** Another value forgets the measured heights. */
  layout: string;
  /** Keys of the rows, in order: a measured height belongs to its row wherever that moves. */
  keys: readonly string[];
  scroller: RefObject<HTMLElement | null>;
  /** Height of a row in pixels; until it is measured, if rows are. */
  rowPx: (index: number) => number;
  /** Rows rendered beyond each end of the visible area. */
  overscan: number;
}

interface VirtualRows {
  /** Rendered rows: index, and edges in pixels from the top. */
  items: { index: number; start: number; end: number }[];
  /** Height of all rows in pixels. */
  total: number;
  scrollTo: (index: number) => void;
  /** For a row whose content decides its height, with its index as `data-index`. Scrolled content stays where it is. */
  measure: (row: HTMLElement | null) => void;
}

/** Virtualizes rows: only those in or near the visible area are rendered. */
export function useVirtualRows({ layout, keys, scroller, rowPx, overscan }: VirtualRowsOptions): VirtualRows {
  const getItemKey = useCallback((index: number) => keys[index] ?? index, [keys]);
  // oxlint-disable-next-line react/incompatible-library -- its functions don't leave this hook
  const virtual = useVirtualizer({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowPx,
    getItemKey,
    overscan,
  });
  useEffect(() => virtual.measure(), [virtual, layout]);
  const near = virtual.getVirtualItems();
  // As of the rows above.
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
  // After a jump all rows are new: the visible ones get a frame of their own, those beyond them the next.
  const settled = useDeferredValue(startIndex, Number.NEGATIVE_INFINITY);
  const beyond = Math.abs(startIndex - settled) <= overscan ? overscan : 0;
  return {
    items: near.filter(({ index }) => index >= startIndex - beyond && index <= endIndex + beyond),
    total: virtual.getTotalSize(),
    scrollTo: (index) => virtual.scrollToIndex(index),
    measure: virtual.measureElement,
  };
}
