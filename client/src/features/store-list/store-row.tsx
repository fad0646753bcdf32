import type { Store } from '@shopyard/contracts';
import { memo, type ReactNode } from 'react';
import { storeHref } from '../../lib/route.ts';
import type { Column } from './columns.tsx';
import { RowMenu } from './row-menu.tsx';
import { findHidden } from './search.ts';
import { StoreStatus } from './store-status.tsx';
import styles from './store-table.module.css';
import type { RowActions } from './use-row-actions.ts';

interface StoreRowProps {
  index: number;
  store: Store;
  /** The store was deleted, and keeps its row while the pointer is over the list. */
  gone: boolean;
  selected: boolean;
  /** Whether Tab reaches this row's link (roving tabindex). */
  reachable: boolean;
  /** Words of the filter. */
  words: readonly string[];
  columns: readonly Column[];
  actions: RowActions;
  onActive: (id: string) => void;
}

export const StoreRow = memo(function StoreRow(props: StoreRowProps): ReactNode {
  const { index, store, gone, selected, reachable, words, columns, actions, onActive } = props;
  const { id, name } = store;
  const hidden = findHidden(store, words);
  return (
    <tr aria-rowindex={index + 2} data-row={id} data-selected={selected} data-gone={gone}>
      <td className={styles.select}>
        <input
          type="checkbox"
          aria-label={`Select ${name}`}
          checked={selected}
          onChange={({ nativeEvent }) => actions.onSelect(id, isShifted(nativeEvent))}
        />
      </td>
      <th scope="row" className={styles.name}>
        <a href={storeHref(id)} tabIndex={reachable ? 0 : -1} onFocus={() => onActive(id)}>
          {name}
        </a>
        {hidden.length > 0 && <span className={styles.why}>{hidden.join(' ')}</span>}
      </th>
      <td className={styles.state}>
        <StoreStatus store={store} gone={gone} />
      </td>
      {columns.map((column) => (
        <td key={column.id} className={styles.extra} data-column={column.id}>
          {column.render(store)}
        </td>
      ))}
      <td className={styles.menu}>
        {!gone && <RowMenu store={store} onRetry={actions.onRetry} onDelete={actions.onDelete} />}
      </td>
    </tr>
  );
});

/** A change of a checkbox comes from a click, or from a key as a click. */
function isShifted(event: Event): boolean {
  return event instanceof MouseEvent && event.shiftKey;
}
