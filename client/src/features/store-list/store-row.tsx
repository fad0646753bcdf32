import type { Store } from '@shopyard/contracts';
import { memo, type ReactNode } from 'react';
import { useEngine } from '../../live/engines.ts';
import { storeHref } from '../../lib/route.ts';
import { PhaseBadge } from '../../ui/phase-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { ReadyDots } from './ready-dots.tsx';
import styles from './store-list.module.css';

interface StoreRowProps {
  index: number;
  store: Store;
  /** The store was deleted, and keeps its row while the pointer is over the list. */
  gone: boolean;
  selected: boolean;
  /** Whether Tab reaches this row's link (roving tabindex). */
  reachable: boolean;
  onToggle: (id: string) => void;
  onActive: (id: string) => void;
}

export const StoreRow = memo(function StoreRow({
  index,
  store,
  gone,
  selected,
  reachable,
  onToggle,
  onActive,
}: StoreRowProps): ReactNode {
  const { id, name, phase, message, url, engine, createdAt, createdBy } = store;
  const { title = engine } = useEngine(engine) ?? {};
  return (
    <tr aria-rowindex={index + 2} data-row={id} data-selected={selected} data-gone={gone}>
      <td className={styles.select}>
        <input type="checkbox" aria-label={`Select ${name}`} checked={selected} onChange={() => onToggle(id)} />
      </td>
      <th scope="row" className={styles.name}>
        <a href={storeHref(id)} tabIndex={reachable ? 0 : -1} onFocus={() => onActive(id)}>
          {name}
        </a>
      </th>
      <td className={styles.phase}>
        {gone ? 'Deleted' : <PhaseBadge store={store} />}
        {!gone && message && phase !== 'Ready' && (
          <span className={styles.message} title={message}>
            {message}
          </span>
        )}
      </td>
      <td className={styles.pods}>
        <ReadyDots {...store.pods} />
      </td>
      <td className={styles.url}>
        {phase === 'Ready' ? (
          <a href={url} target="_blank" rel="noreferrer" tabIndex={-1}>
            {url.replace(/^https?:\/\//, '')}
          </a>
        ) : (
          <span>{url.replace(/^https?:\/\//, '')}</span>
        )}
      </td>
      <td className={styles.engine}>{title}</td>
      <td className={styles.age}>
        <Time at={createdAt} age />
      </td>
      <td className={styles.by}>{createdBy}</td>
    </tr>
  );
});
