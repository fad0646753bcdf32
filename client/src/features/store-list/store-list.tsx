import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { StoreRow } from './store-row.tsx';
import styles from './store-list.module.css';

interface StoreListProps {
  loaded: boolean;
  stores: ReadonlyMap<string, Store>;
  selected: string | undefined;
}

export function StoreList({ loaded, stores, selected }: StoreListProps): ReactNode {
  if (!loaded) return <p className={styles.empty}>Loading stores…</p>;
  if (stores.size === 0) {
    return (
      <div className={styles.empty}>
        <p>
          <strong>No stores yet.</strong>
        </p>
        <p>Give the first one a name above. It gets a namespace, a database and WordPress with WooCommerce.</p>
      </div>
    );
  }
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Phase</th>
          <th scope="col" className={styles.number}>
            Pods
          </th>
          <th scope="col" className={styles.number}>
            Age
          </th>
        </tr>
      </thead>
      <tbody>
        {[...stores.values()].map((store) => (
          <StoreRow key={store.id} store={store} selected={store.id === selected} />
        ))}
      </tbody>
    </table>
  );
}
