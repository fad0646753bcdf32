import type { ConditionType, Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { formatDuration } from '../../lib/duration.ts';
import styles from './store-detail.module.css';

const LABEL: Record<ConditionType, string> = {
  NamespaceReady: 'Namespace',
  ReleaseDeployed: 'Release',
  DatabaseReady: 'Database',
  WordPressReady: 'WordPress',
  StorefrontVerified: 'Storefront',
};

/** What has to be true for the store to be Ready, in order, and since when it is. */
export function Steps({ store }: { store: Store }): ReactNode {
  const { conditions, createdAt, phase } = store;
  const current = conditions.findIndex((condition) => condition.status !== 'True');
  return (
    <section aria-label="Steps">
      <h3>Steps</h3>
      <ol className={styles.list}>
        {conditions.map((condition, index) => {
          const done = condition.status === 'True';
          const busy = !done && index === current && phase !== 'Deleting' && phase !== 'Queued';
          const failed = busy && phase === 'Failed';
          const state = done ? 'done' : failed ? 'failed' : busy ? 'in progress' : 'waiting';
          return (
            <li key={condition.type}>
              <span
                className={styles.mark}
                data-done={done}
                data-busy={busy && !failed}
                data-failed={failed}
                aria-hidden
              >
                {done ? '✓' : failed ? '✕' : busy ? '◌' : '·'}
              </span>
              <span>
                {LABEL[condition.type]}
                <span className="visually-hidden">: {state}</span>
              </span>
              <span className={styles.aside} title={condition.lastTransitionTime}>
                {done
                  ? `after ${formatDuration(Date.parse(condition.lastTransitionTime) - Date.parse(createdAt))}`
                  : state}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
