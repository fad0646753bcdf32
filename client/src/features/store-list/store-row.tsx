import { needsAttention, type Store } from '@shopyard/contracts';
import { memo, type MouseEvent as ReactMouseEvent, type ReactNode } from 'react';
import { storeHref } from '../../lib/route.ts';
import type { ColumnId } from './column-ids.ts';
import type { Column } from './columns.tsx';
import { NextAction } from './next-action.tsx';
import { RowMenu } from './row-menu.tsx';
import { findHidden } from './search.ts';
import { StoreStatus } from './store-status.tsx';
import styles from './store-table.module.css';
import type { RowActions } from './use-row-actions.ts';

interface StoreRowProps {
  index: number;
  store: Store;
  /** Shown as a card. */
  card: boolean;
  measure: ((row: HTMLElement | null) => void) | undefined;
  /** Height in pixels that it keeps whatever its content. */
  keptPx: number | undefined;
  /** The store was deleted, and keeps its row while the pointer is over the list. */
  gone: boolean;
  selected: boolean;
  /** Whether its pane is open. */
  open: boolean;
  /** Whether Tab reaches this row's link (roving tabindex). */
  reachable: boolean;
  /** Words of the filter. */
  words: readonly string[];
  columns: readonly Column[];
  /** Those that the screen has room for. */
  seen: ReadonlySet<ColumnId>;
  actions: RowActions;
  onActive: (id: string) => void;
}

export const StoreRow = memo(function StoreRow(props: StoreRowProps): ReactNode {
  const { index, store, card, measure, keptPx, gone, selected, open, reachable, words, columns, seen } = props;
  const { actions, onActive } = props;
  const { id, name } = store;
  const hidden = gone ? [] : findHidden(store, words, seen);
  const onClick = (event: ReactMouseEvent): void => {
    if (isFirstClick(event) && actions.onOpen(id)) event.preventDefault();
  };
  return (
    <tr
      ref={measure}
      style={{ blockSize: keptPx }}
      data-index={index}
      aria-rowindex={index + 2}
      data-row={id}
      data-selected={selected}
      data-open={open}
      data-gone={gone}
    >
      <td className={styles.select}>
        <input
          type="checkbox"
          aria-label={`Select ${name}`}
          checked={selected}
          onChange={({ nativeEvent }) => actions.onSelect(id, isShifted(nativeEvent))}
        />
      </td>
      <th scope="row" className={styles.name}>
        <a
          href={storeHref(id)}
          tabIndex={reachable ? 0 : -1}
          aria-current={open}
          onClick={onClick}
          onFocus={() => onActive(id)}
        >
          {name}
        </a>
        {hidden.length > 0 && (
          <span className={styles.why} title={hidden.join(', ')}>
            {hidden.join(', ')}
          </span>
        )}
      </th>
      <td className={styles.state}>
        <StoreStatus store={store} gone={gone} />
        {card && !gone && needsAttention(store) && <NextAction store={store} onRetry={actions.onRetry} />}
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

/** Of the mouse alone. Enter, a second click and a click with ⌘ or Ctrl follow the link. */
function isFirstClick({ detail, ctrlKey, metaKey, shiftKey, altKey }: ReactMouseEvent): boolean {
  return detail === 1 && !ctrlKey && !metaKey && !shiftKey && !altKey;
}

/** A change of a checkbox comes from a click, or from a key as a click. */
function isShifted(event: Event): boolean {
  return event instanceof MouseEvent && event.shiftKey;
}
