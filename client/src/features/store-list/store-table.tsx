import type { Store } from '@shopyard/contracts';
import { type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { useMedia } from '../../lib/use-media.ts';
import { useVirtualRows } from '../../lib/use-virtual-rows.ts';
import { keepPlaces, type ListQuery } from './arrange.ts';
import type { Column } from './columns.tsx';
import { toWords } from './search.ts';
import { StoreRow } from './store-row.tsx';
import styles from './store-table.module.css';
import { TableHead } from './table-head.tsx';
import { usePlace } from './use-place.ts';
import { useRowActions } from './use-row-actions.ts';
import { useRowKeys } from './use-row-keys.ts';
import type { Selection } from './use-selection.ts';

/** Room for three lines of a reason beside or below its attention; cards have four, rows of a short screen one. Must match store-table.module.css. */
const ROW_PX = { wide: 60, medium: 78, card: 144, short: 36 };
const OVERSCAN = 4;

interface StoreTableProps {
  /** The rows, in order. */
  stores: Store[];
  /** All stores, by id. */
  all: ReadonlyMap<string, Store>;
  query: ListQuery;
  columns: readonly Column[];
  selection: Selection;
  onSort: (change: Pick<ListQuery, 'sort' | 'descending'>) => void;
  onRetry: (stores: Store[]) => void;
  onDelete: (stores: Store[]) => void;
}

/** A virtualized table: only the visible rows and a few beyond them are rendered. */
export function StoreTable(props: StoreTableProps): ReactNode {
  const { stores, all, query, columns, selection, onSort, onRetry, onDelete } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<Store[]>();
  const rows = held ? keepPlaces(held, stores, all) : stores.map((store) => ({ store, gone: false }));
  const ids = rows.map(({ store }) => store.id);
  const rowPx = useRowPx();
  const { items, total, scrollTo } = useVirtualRows({ count: rows.length, scroller, rowPx, overscan: OVERSCAN });
  const rowActions = useRowActions({ ids, selection, onRetry, onDelete });
  const { active, setActive, focusRow, onKeyDown } = useRowKeys({
    ids,
    rowPx,
    scrollTo,
    scroller,
    onSelect: rowActions.onSelect,
    on: {
      extend: rowActions.onExtend,
      remove(id) {
        const chosen = stores.filter((store) => selection.selected.has(store.id));
        onDelete(chosen.length > 0 ? chosen : stores.filter((store) => store.id === id));
      },
    },
  });
  const { remember } = usePlace(scroller, focusRow);
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
      style={{ ['--row' as string]: `${rowPx}px` }}
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
          {items.map(({ index }) => {
            const row = rows[index];
            return (
              row && (
                <StoreRow
                  key={row.store.id}
                  index={index}
                  store={row.store}
                  gone={row.gone}
                  selected={selection.selected.has(row.store.id)}
                  reachable={row.store.id === active || (index === 0 && !ids.includes(active ?? ''))}
                  words={words}
                  columns={columns}
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

function useRowPx(): number {
  const card = useMedia('(max-width: 40rem)');
  const medium = useMedia('(max-width: 75rem)');
  const short = useMedia('(max-height: 32rem)');
  if (short && !card) return ROW_PX.short;
  return card ? ROW_PX.card : medium ? ROW_PX.medium : ROW_PX.wide;
}
