import type { Store } from '@shopyard/contracts';
import { useEffect, useMemo, useRef } from 'react';
import { rangeOf } from './selection.ts';
import type { Pane } from './use-pane.ts';
import type { Selection } from './use-selection.ts';

/** What a row asks of the list. */
export interface RowActions {
  /** `range`: with all rows from the last selected one on. */
  onSelect: (id: string, range: boolean) => void;
  onExtend: (from: string, to: string) => void;
  /** Opens the store's pane; false if there is no room for one. */
  onOpen: (id: string) => boolean;
  onRetry: (stores: Store[]) => void;
  onDelete: (stores: Store[]) => void;
}

interface RowActionsOptions {
  /** Ids of the rows, in order. */
  ids: readonly string[];
  selection: Pick<Selection, 'add' | 'toggle'>;
  pane: Pane;
  onRetry: RowActions['onRetry'];
  onDelete: RowActions['onDelete'];
}

/** Always the same functions, so that a row renders only when its store changes. */
export function useRowActions({ ids, selection, pane, onRetry, onDelete }: RowActionsOptions): RowActions {
  const { add, toggle } = selection;
  const latest = useRef({ ids, pane, onRetry, onDelete });
  useEffect(() => {
    latest.current = { ids, pane, onRetry, onDelete };
  });
  const anchor = useRef<string>(undefined);
  return useMemo(
    () => ({
      onSelect(id, range) {
        if (range) add(rangeOf(latest.current.ids, anchor.current, id));
        else toggle(id);
        anchor.current = id;
      },
      onExtend(from, to) {
        add(rangeOf(latest.current.ids, from, to));
        anchor.current = to;
      },
      onOpen(id) {
        const { fits, open } = latest.current.pane;
        if (fits) open(id);
        return fits;
      },
      onRetry: (stores) => latest.current.onRetry(stores),
      onDelete: (stores) => latest.current.onDelete(stores),
    }),
    [add, toggle],
  );
}
