import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { actOf, type KeyActs, type KeyOf } from '../../lib/shortcuts.ts';

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
    const id = ids[at];
    if (id === undefined) return;
    const moveTo = (to: number) => () => {
      const index = Math.min(ids.length - 1, Math.max(0, to));
      const next = ids[index] ?? id;
      focusRow(next);
      scrollTo(index);
      on.move(next);
      if (event.shiftKey) on.extend(id, next);
    };
    const acts: KeyActs<KeyOf<'list'>> = {
      ArrowDown: moveTo(at + 1),
      ArrowUp: moveTo(at - 1),
      PageDown: moveTo(at + pageRows),
      PageUp: moveTo(at - pageRows),
      Home: moveTo(0),
      End: moveTo(ids.length - 1),
      ' ': event.target instanceof HTMLAnchorElement ? () => onSelect(id, event.shiftKey) : undefined,
      Delete: () => on.remove(id),
      // The browser follows the link.
      Enter: undefined,
    };
    const act = actOf(acts, event.key);
    if (!act) return;
    act();
    event.preventDefault();
  };
  return { active, setActive, focusRow, onKeyDown };
}
