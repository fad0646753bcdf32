import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

interface RowKeysOptions {
  ids: readonly string[];
  /** Height of a row in pixels. */
  rowPx: number;
  scrollTo: (index: number) => void;
  scroller: RefObject<HTMLElement | null>;
  onToggle: (id: string) => void;
  onDelete: (id: string) => void;
}

interface RowKeys {
  /** Id of the row that the keys act on. */
  active: string | undefined;
  setActive: (id: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** Arrows, Home/End and PageUp/Down move, Space selects, Delete opens the delete dialog, Enter follows the link. */
export function useRowKeys({ ids, rowPx, scrollTo, scroller, onToggle, onDelete }: RowKeysOptions): RowKeys {
  const [active, setActive] = useState<string>();
  const wanted = useRef<string>(undefined);
  // The target row may not be rendered yet, so try after every render.
  useEffect(() => {
    if (wanted.current === undefined) return;
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(wanted.current)}"] a`);
    if (!link) return;
    wanted.current = undefined;
    link.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent): void => {
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
    if (to !== undefined) {
      const index = Math.min(ids.length - 1, Math.max(0, to));
      wanted.current = ids[index];
      setActive(ids[index]);
      scrollTo(index);
    } else if (event.key === ' ' && id !== undefined && event.target instanceof HTMLAnchorElement) onToggle(id);
    else if (event.key === 'Delete' && id !== undefined) onDelete(id);
    else return;
    event.preventDefault();
  };
  return { active, setActive, onKeyDown };
}
