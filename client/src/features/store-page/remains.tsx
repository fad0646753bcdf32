import type { ReactNode } from 'react';
import styles from './store-page.module.css';
import type { StoreDetail } from './use-store-detail.ts';

/** Remaining resources of a store that is being deleted. */
export function Remains({ detail: { store, pods, workloads, claims } }: { detail: StoreDetail }): ReactNode {
  const parts = [
    ['Workloads', workloads.length],
    ['Pods', pods.length],
    ['Volumes', claims.length],
  ] as const;
  return (
    <section aria-label="Remaining resources">
      <h3>Remaining resources</h3>
      <ul className={styles.list}>
        {parts.map(([label, count]) => (
          <li key={label}>
            <span className={styles.mark} aria-hidden>
              {count === 0 ? '✓' : '·'}
            </span>
            <span>{label}</span>
            <span className={styles.aside}>{count === 0 ? 'deleted' : `${count} left`}</span>
          </li>
        ))}
        <li>
          <span className={styles.mark} aria-hidden>
            ·
          </span>
          <span>Namespace {store.namespace}</span>
          <span className={styles.aside}>deleted last</span>
        </li>
      </ul>
    </section>
  );
}
