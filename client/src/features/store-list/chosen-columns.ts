/** The columns that the user chose, kept in this browser. */
import { useCallback, useMemo, useState } from 'react';
import { type Column, type ColumnId, COLUMN_IDS, COLUMNS } from './columns.tsx';

const KEY = 'shopyard.columns';

/** The usual columns until the user chooses; the engine only if there are several. */
export function useColumns(severalEngines: boolean): { columns: readonly Column[]; toggle: (id: ColumnId) => void } {
  const [chosen, setChosen] = useState(() => parseColumns(localStorage.getItem(KEY)));
  const usual = useMemo(() => usualColumns(severalEngines), [severalEngines]);
  const ids = chosen ?? usual;
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

function usualColumns(severalEngines: boolean): ColumnId[] {
  return severalEngines ? ['url', 'engine', 'age'] : ['url', 'age'];
}

/** Undefined if nothing was chosen; leaves out columns that there are no more. */
export function parseColumns(text: string | null): ColumnId[] | undefined {
  if (text === null) return undefined;
  const named = text.split(',');
  return COLUMN_IDS.filter((id) => named.includes(id));
}
