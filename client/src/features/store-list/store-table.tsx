import { needsAttention, type Store } from '@shopyard/contracts';
import { type PointerEvent, type ReactNode, useMemo, useRef, useState } from 'react';
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
import type { Pane } from './use-pane.ts';
import type { Selection } from './use-selection.ts';

/**
 * Room for three lines of a reason beside or below its attention, on short screens for one. Must match
 * store-table.module.css.
 */
const ROW_PX = { wide: 60, medium: 78, short: 36 };
/** Cards are as high as their content: this holds until they are measured. */
const CARD_PX = { urgent: 168, working: 112, ready: 88 };
type Layout = 'wide' | 'medium' | 'short' | 'card';
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
  const card = layout === 'card';
  const { items, total, scrollTo, measure } = useVirtualRows({
    layout,
    keys: ids,
    scroller,
    rowPx: (index) => heightOf(layout, rows[index]?.store),
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

function useLayout(): Layout {
  const card = useMedia('(max-width: 40rem)');
  const medium = useMedia('(max-width: 75rem)');
  const short = useMedia('(max-height: 32rem)');
  return card ? 'card' : short ? 'short' : medium ? 'medium' : 'wide';
}

function heightOf(layout: Layout, store?: Store): number {
  if (layout !== 'card') return ROW_PX[layout];
  if (!store || store.phase === 'Ready') return CARD_PX.ready;
  return needsAttention(store) ? CARD_PX.urgent : CARD_PX.working;
}
