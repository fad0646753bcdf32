import type { Store } from '@shopyard/contracts';
import { memo, type ReactNode } from 'react';
import { hrefOf } from '../../lib/use-selection.ts';
import { PhaseBadge } from '../../ui/phase-badge.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import styles from './store-list.module.css';

export const StoreRow = memo(function StoreRow({ store, selected }: { store: Store; selected: boolean }): ReactNode {
  return (
    <tr data-selected={selected}>
      <th scope="row">
        <a href={hrefOf(store.id)} aria-current={selected ? 'true' : undefined}>
          {store.name}
        </a>
      </th>
      <td>
        <PhaseBadge phase={store.phase} />
        {store.message && store.phase !== 'Ready' && <p className={styles.message}>{store.message}</p>}
      </td>
      <td className={styles.number}>
        {store.pods.ready}/{store.pods.total}
      </td>
      <td className={styles.number}>
        <TimeAgo at={store.createdAt} />
      </td>
    </tr>
  );
});
