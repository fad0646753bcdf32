import type { Store } from '@shopyard/contracts';
import { type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { useMedia } from '../../lib/use-media.ts';
import { useVirtualRows } from '../../lib/use-virtual-rows.ts';
import { keepPlaces, type Sort, type ListQuery } from './arrange.ts';
import { StoreRow } from './store-row.tsx';
import styles from './store-list.module.css';
import { useRowKeys } from './use-row-keys.ts';

/** Must match store-list.module.css. */
const ROW_PX = { wide: 40, narrow: 58 };
const OVERSCAN = 8;

interface StoreTableProps {
  stores: Store[];
  query: ListQuery;
  selected: ReadonlySet<string>;
  onSelect: (ids: ReadonlySet<string>) => void;
  onToggle: (id: string) => void;
  onSort: (change: Pick<ListQuery, 'sort' | 'descending'>) => void;
  onDelete: (stores: Store[]) => void;
}

/** A virtualized table: only the visible rows and a few beyond them are rendered. */
export function StoreTable({
  stores,
  query,
  selected,
  onSelect,
  onToggle,
  onSort,
  onDelete,
}: StoreTableProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<Store[]>();
  const rows = held ? keepPlaces(held, stores) : stores.map((store) => ({ store, gone: false }));
  const narrow = useMedia('(max-width: 48rem)');
  const rowPx = narrow ? ROW_PX.narrow : ROW_PX.wide;
  const virtual = useVirtualRows({ count: rows.length, scroller, rowPx, overscan: OVERSCAN });
  const { active, setActive, onKeyDown } = useRowKeys({
    ids: rows.map(({ store }) => store.id),
    rowPx,
    scrollTo: virtual.scrollTo,
    scroller,
    onToggle,
    onDelete(id) {
      const chosen = stores.filter((store) => selected.has(store.id));
      onDelete(chosen.length > 0 ? chosen : stores.filter((store) => store.id === id));
    },
  });
  const { items, total } = virtual;
  const above = items[0]?.start ?? 0;
  const below = total - (items.at(-1)?.end ?? 0);
  const hold = ({ pointerType }: PointerEvent): void => {
    if (pointerType === 'mouse') setHeld(stores);
  };
  const all = stores.length > 0 && stores.every(({ id }) => selected.has(id));
  const header = (sort: Sort, label: string, className?: string): ReactNode => (
    <th
      scope="col"
      className={className}
      aria-sort={query.sort === sort ? (query.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" onClick={() => onSort({ sort, descending: query.sort === sort && !query.descending })}>
        {label}
        <span aria-hidden>{query.sort === sort ? (query.descending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      // React's types know no custom properties.
      style={{ ['--row' as string]: `${rowPx}px` }}
      onPointerEnter={hold}
      onPointerLeave={() => setHeld(undefined)}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys move between the links inside */}
      <table className={styles.table} aria-rowcount={rows.length + 1} onKeyDown={onKeyDown}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={styles.select}>
              <input
                type="checkbox"
                aria-label="Select all shown"
                checked={all}
                onChange={() => onSelect(all ? new Set() : new Set(stores.map(({ id }) => id)))}
              />
            </th>
            {header('name', 'Name', styles.name)}
            {header('phase', 'Phase', styles.phase)}
            {header('pods', 'Pods', styles.pods)}
            <th scope="col" className={styles.url}>
              URL
            </th>
            <th scope="col" className={styles.engine}>
              Engine
            </th>
            {header('age', 'Age', styles.age)}
            <th scope="col" className={styles.by}>
              By
            </th>
          </tr>
        </thead>
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
                  selected={selected.has(row.store.id)}
                  reachable={row.store.id === active || (active === undefined && index === 0)}
                  onToggle={onToggle}
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
