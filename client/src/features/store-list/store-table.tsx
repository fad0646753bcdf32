import type { Store } from '@shopyard/contracts';
import { type PointerEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { useVirtualRows } from '../../lib/use-virtual-rows.ts';
import { keepPlaces, type ListQuery } from './arrange.ts';
import { useSeenColumns } from './chosen-columns.ts';
import type { Column } from './columns.tsx';
import { heightOf, useLayout } from './row-layout.ts';
import { toWords } from './search.ts';
import { StoreRow } from './store-row.tsx';
import styles from './store-table.module.css';
import { TableHead } from './table-head.tsx';
import { usePlace } from './use-place.ts';
import { useRowActions } from './use-row-actions.ts';
import { useRowKeys } from './use-row-keys.ts';
import type { Pane } from './use-pane.ts';
import type { Selection } from './use-selection.ts';

const OVERSCAN = 4;

interface StoreTableProps {
  /** The rows, in order. */
  stores: Store[];
  /** All stores, by id. */
  all: ReadonlyMap<string, Store>;
  query: ListQuery;
  columns: readonly Column[];
  selection: Selection;
  pane: Pane;
  onSort: (change: Pick<ListQuery, 'sort' | 'descending'>) => void;
  onRetry: (stores: Store[]) => void;
  onDelete: (stores: Store[]) => void;
}

/** A virtualized table: only the visible rows and a few beyond them are rendered. */
export function StoreTable(props: StoreTableProps): ReactNode {
  const { stores, all, query, columns, selection, pane, onSort, onRetry, onDelete } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<Store[]>();
  const rows = useMemo(
    () => (held ? keepPlaces(held, stores, all) : stores.map((store) => ({ store, gone: false }))),
    [held, stores, all],
  );
  const ids = useMemo(() => rows.map(({ store }) => store.id), [rows]);
  const layout = useLayout();
  const seen = useSeenColumns(columns, pane.id !== undefined);
  const card = layout === 'card';
  const { items, total, scrollTo, measure } = useVirtualRows({
    layout,
    keys: ids,
    scroller,
    // A card that is kept in its place also keeps the height that was expected of it.
    rowPx: (index) => heightOf(layout, held?.[index] ?? rows[index]?.store),
    overscan: OVERSCAN,
  });
  const rowActions = useRowActions({ ids, selection, pane, onRetry, onDelete });
  const { active, setActive, focusRow, onKeyDown } = useRowKeys({
    ids,
    rowPx: heightOf(layout),
    scrollTo,
    scroller,
    onSelect: rowActions.onSelect,
    on: {
      extend: rowActions.onExtend,
      move: (id) => pane.id !== undefined && pane.open(id),
      remove(id) {
        const chosen = stores.filter((store) => selection.selected.has(store.id));
        onDelete(chosen.length > 0 ? chosen : stores.filter((store) => store.id === id));
      },
    },
  });
  const { remember } = usePlace(scroller, (id) => {
    focusRow(id);
    const index = ids.indexOf(id);
    if (index >= 0) scrollTo(index);
  });
  const [words, setWords] = useState(() => toWords(query.filter));
  if (words.join(' ') !== toWords(query.filter).join(' ')) setWords(toWords(query.filter));
  const above = items[0]?.start ?? 0;
  const below = total - (items.at(-1)?.end ?? 0);
  const hold = ({ pointerType }: PointerEvent): void => {
    if (pointerType === 'mouse') setHeld(stores);
  };

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      // React's types know no custom properties.
      style={{ ['--row' as string]: `${heightOf(layout)}px` }}
      onPointerEnter={hold}
      onPointerLeave={() => setHeld(undefined)}
      onClickCapture={() => remember(active)}
      onScrollEnd={() => remember(active)}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys move between the links inside */}
      <table className={styles.table} aria-rowcount={rows.length + 1} onKeyDown={onKeyDown}>
        <TableHead stores={stores} query={query} columns={columns} selection={selection} onSort={onSort} />
        <tbody>
          {above > 0 && <tr aria-hidden style={{ blockSize: above }} />}
          {items.map(({ index, start, end }) => {
            const row = rows[index];
            return (
              row && (
                <StoreRow
                  key={row.store.id}
                  index={index}
                  card={card}
                  // A card under the pointer keeps its height as well as its place.
                  measure={card && !held ? measure : undefined}
                  keptPx={card && held ? end - start : undefined}
                  store={row.store}
                  gone={row.gone}
                  selected={selection.selected.has(row.store.id)}
                  open={row.store.id === pane.id}
                  reachable={row.store.id === active || (index === 0 && !ids.includes(active ?? ''))}
                  words={words}
                  columns={columns}
                  seen={seen}
                  actions={rowActions}
                  onActive={setActive}
                />
              )
            );
          })}
          {below > 0 && <tr aria-hidden style={{ blockSize: below }} />}
        </tbody>
      </table>
    </div>
  );
}
