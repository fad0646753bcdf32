import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';

interface RowKeysOptions {
  ids: readonly string[];
  /** Height of a row in pixels. */
  rowPx: number;
  scrollTo: (index: number) => void;
  scroller: RefObject<HTMLElement | null>;
  /** Space; with Shift `range` is true. */
  onSelect: (id: string, range: boolean) => void;
  /** Delete; a move to another row; a move with Shift. */
  on: { remove: (id: string) => void; move: (to: string) => void; extend: (from: string, to: string) => void };
}

interface RowKeys {
  /** Id of the row that the keys act on. */
  active: string | undefined;
  setActive: (id: string) => void;
  /** Focuses a row's link as soon as it is rendered. */
  focusRow: (id: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** Arrows, Home/End and PageUp/Down move, Space selects, Delete opens the delete dialog, Enter follows the link. */
export function useRowKeys({ ids, rowPx, scrollTo, scroller, onSelect, on }: RowKeysOptions): RowKeys {
  const [active, setActive] = useState<string>();
  const wanted = useRef<string>(undefined);
  // The target row may not be rendered yet, so try after every render.
  useEffect(() => {
    if (wanted.current === undefined) return;
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(wanted.current)}"] th a`);
    if (!link) return;
    wanted.current = undefined;
    link.focus({ preventScroll: true });
  });
  const focusRow = useCallback((id: string) => {
    wanted.current = id;
    setActive(id);
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    // A row's menu, and buttons, have keys of their own.
    if (!(event.target instanceof Element) || !event.target.matches('tbody th a, tbody input')) return;
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 1);
    const at = Math.max(0, ids.indexOf(active ?? ''));
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + pageRows,
      PageUp: at - pageRows,
      Home: 0,
      End: ids.length - 1,
    };
    const to = moves[event.key];
    const id = ids[at];
    if (id === undefined) return;
    if (to !== undefined) {
      const index = Math.min(ids.length - 1, Math.max(0, to));
      const next = ids[index] ?? id;
      focusRow(next);
      scrollTo(index);
      on.move(next);
      if (event.shiftKey) on.extend(id, next);
    } else if (event.key === ' ' && event.target instanceof HTMLAnchorElement) onSelect(id, event.shiftKey);
    else if (event.key === 'Delete') on.remove(id);
    else return;
    event.preventDefault();
  };
  return { active, setActive, focusRow, onKeyDown };
}
