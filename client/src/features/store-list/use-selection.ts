import type { Store } from '@shopyard/contracts';
import { useCallback, useState } from 'react';
import { keepShown, toggled } from './selection.ts';

export interface Selection {
  selected: ReadonlySet<string>;
  /** Selects these and no others. */
  select: (stores: readonly Pick<Store, 'id'>[]) => void;
  add: (ids: readonly string[]) => void;
  toggle: (id: string) => void;
}

/** The selected stores among those shown: a store that leaves the view leaves the selection for good. */
export function useSelection(shown: readonly Store[]): Selection {
  const [given, setSelected] = useState<ReadonlySet<string>>(() => new Set());
  const selected = keepShown(given, shown);
  if (selected !== given) setSelected(selected);
  const select = useCallback((stores: readonly Pick<Store, 'id'>[]) => {
    setSelected(new Set(stores.map(({ id }) => id)));
  }, []);
  const add = useCallback((ids: readonly string[]) => setSelected((before) => new Set([...before, ...ids])), []);
  const toggle = useCallback((id: string) => setSelected((before) => toggled(before, id)), []);
  return { selected, select, add, toggle };
}
