import type { ReactNode } from 'react';
import styles from './store-page.module.css';
import type { StoreDetail } from './use-store-detail.ts';

/** Of a store that is being deleted: what is left of it. */
export function Remains({ detail: { store, pods, workloads, claims } }: { detail: StoreDetail }): ReactNode {
  const parts = [
    ['Workloads', workloads.length],
    ['Pods', pods.length],
    ['Volumes', claims.length],
  ] as const;
  return (
    <section aria-label="What is left">
      <h3>What is left</h3>
      <ul className={styles.list}>
        {parts.map(([label, count]) => (
          <li key={label}>
            <span className={styles.mark} aria-hidden>
              {count === 0 ? '✓' : '·'}
            </span>
            <span>{label}</span>
            <span className={styles.aside}>{count === 0 ? 'gone' : `${count} left`}</span>
          </li>
        ))}
        <li>
          <span className={styles.mark} aria-hidden>
            ·
          </span>
          <span>Namespace {store.namespace}</span>
          <span className={styles.aside}>goes last</span>
        </li>
      </ul>
    </section>
  );
}
