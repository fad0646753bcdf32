import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';
import type { LogRow } from './log-buffer.ts';

/** Must match log-lines.module.css. */
const LINE_PX = 20;
const OVERSCAN = 20;
/** Rows after which measured heights are forgotten, so that they don't grow without end. */
const MEASURED = 20_000;

interface LogRowsOptions {
  rows: readonly LogRow[];
  scroller: RefObject<HTMLDivElement | null>;
  /** Rows have heights of their own, which are measured. */
  wrap: boolean;
}

/** Renders only the rows in or near the visible area. */
export function useLogRows({ rows, scroller, wrap }: LogRowsOptions): Virtualizer<HTMLDivElement, Element> {
  // oxlint-disable-next-line react/incompatible-library -- its functions don't leave the component that renders the rows
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: OVERSCAN,
    getItemKey: (index) => rows[index]?.n ?? index,
  });
  const age = Math.floor((rows.at(-1)?.n ?? 0) / MEASURED);
  useEffect(() => virtual.measure(), [virtual, wrap, age]);
  return virtual;
}
