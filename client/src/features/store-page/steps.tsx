import type { Condition, ConditionType, Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { formatDuration } from '../../lib/duration.ts';
import { useNow } from '../../lib/use-now.ts';
import styles from './store-page.module.css';

const LABEL: Record<ConditionType, string> = {
  NamespaceReady: 'Namespace',
  ReleaseDeployed: 'Release',
  DatabaseReady: 'Database',
  WordPressReady: 'WordPress',
  StorefrontVerified: 'Storefront',
};
const MARK = { done: '✓', failed: '✕', 'in progress': '◌', waiting: '·' };
type State = keyof typeof MARK;

/** What has to be true for the store to be Ready, in order, and how long each took or takes. */
export function Steps({ store }: { store: Store }): ReactNode {
  const { conditions, phase } = store;
  const current = conditions.findIndex((condition) => condition.status !== 'True');
  return (
    <section aria-label="Steps">
      <h3>Steps</h3>
      <ol className={styles.list}>
        {conditions.map((condition, index) => {
          const idle = index !== current || phase === 'Deleting' || phase === 'Queued';
          const state: State =
            condition.status === 'True' ? 'done' : idle ? 'waiting' : phase === 'Failed' ? 'failed' : 'in progress';
          const begun = begunAt(store, index);
          return (
            <li key={condition.type}>
              <span className={styles.mark} data-state={state} aria-hidden>
                {MARK[state]}
              </span>
              <span>
                {LABEL[condition.type]}
                <span className="visually-hidden">: {state}</span>
              </span>
              <span className={styles.aside} title={new Date(condition.lastTransitionTime).toLocaleString()}>
                {state === 'done' && formatDuration(Math.max(0, timeOf(condition) - begun))}
                {state === 'in progress' && <Running since={begun} />}
                {(state === 'waiting' || state === 'failed') && state}
              </span>
              {state !== 'done' && condition.message && condition.message !== store.message && (
                <span className={styles.detail}>{condition.message}</span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Running({ since }: { since: number }): ReactNode {
  return `${formatDuration(useNow() - since)} so far`;
}

const timeOf = ({ lastTransitionTime }: Condition): number => Date.parse(lastTransitionTime);

/** A step begins when the latest of those before it was done. */
function begunAt({ conditions, createdAt }: Store, index: number): number {
  return Math.max(Date.parse(createdAt), ...conditions.slice(0, index).map(timeOf));
}
