/** The columns that the user chose, kept in this browser. */
import { useCallback, useMemo, useState } from 'react';
import { useMedia } from '../../lib/use-media.ts';
import { COLUMN_IDS, type ColumnId } from './column-ids.ts';
import { type Column, COLUMNS } from './columns.tsx';

const KEY = 'shopyard.columns';

/** With these, a reason has room for all its words. */
const USUAL: readonly ColumnId[] = ['url', 'age'];

/** The usual columns until the user chooses. */
export function useColumns(): { columns: readonly Column[]; toggle: (id: ColumnId) => void } {
  const [chosen, setChosen] = useState(() => parseColumns(localStorage.getItem(KEY)));
  const ids = chosen ?? USUAL;
  const columns = useMemo(() => COLUMNS.filter(({ id }) => ids.includes(id)), [ids]);
  const toggle = useCallback(
    (id: ColumnId) => {
      const next = COLUMN_IDS.filter((other) => ids.includes(other) !== (other === id));
      localStorage.setItem(KEY, next.join(','));
      setChosen(next);
    },
    [ids],
  );
  return { columns, toggle };
}

/** The columns that the screen has room for. Must match store-table.module.css. `beside`: a pane is open beside the list. */
export function useSeenColumns(columns: readonly Column[], beside: boolean): ReadonlySet<ColumnId> {
  const card = useMedia('(max-width: 40rem)');
  const narrow = useMedia('(max-width: 60rem)');
  return useMemo(() => {
    const ids = columns.map(({ id }) => id);
    if (card || beside) return new Set(ids.filter((id) => id === 'age'));
    return new Set(ids.filter((id) => id !== 'url' || !narrow));
  }, [columns, beside, card, narrow]);
}

/** Undefined if nothing was chosen; leaves out columns that there are no more. */
export function parseColumns(text: string | null): ColumnId[] | undefined {
  if (text === null) return undefined;
  const named = text.split(',');
  return COLUMN_IDS.filter((id) => named.includes(id));
}
