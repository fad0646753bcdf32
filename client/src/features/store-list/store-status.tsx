import { type ConditionType, needsAttention, type Store, waitWords } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { PhaseBadge } from '../../ui/phase-badge.tsx';
import styles from './store-table.module.css';

const DOING: Record<ConditionType, string> = {
  NamespaceReady: 'Creating the namespace',
  ReleaseDeployed: 'Installing the release',
  DatabaseReady: 'Starting the database',
  ApplicationReady: 'Starting the application',
  StorefrontVerified: 'Checking the storefront',
};

/** Attention in shape, word and colour, beside its reason or the progress of the running attempt. */
export function StoreStatus({ store, gone }: { store: Store; gone: boolean }): ReactNode {
  if (gone) return 'Deleted';
  return (
    <div className={styles.status}>
      <PhaseBadge store={store} />
      <span className={styles.reason}>
        {!needsAttention(store) && <Progress store={store} />}
        {store.operation?.state === 'waiting'
          ? `Change waiting ${waitWords(store.operation)}`
          : store.phase !== 'Ready' && store.message}
      </span>
    </div>
  );
}

/** One part for each step, and the running step in words. */
function Progress({ store: { attempt, phase } }: { store: Store }): ReactNode {
  const running = attempt.steps.find(({ state }) => state === 'running');
  if (!running || phase === 'Ready' || phase === 'Deleting') return null;
  const at = attempt.steps.indexOf(running) + 1;
  return (
    <span className={styles.progress}>
      <span className={styles.bar} aria-hidden>
        {attempt.steps.map(({ type, state }) => (
          <i key={type} data-state={state} />
        ))}
      </span>
      <span>
        {DOING[running.type]}, {at} of {attempt.steps.length}
      </span>
    </span>
  );
}
