import type { Attempt, ConditionType, Operation, Step, Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { useEngine } from '../../live/engines.ts';
import { formatDuration } from '../../lib/duration.ts';
import { useNow } from '../../lib/use-now.ts';
import styles from './store-page.module.css';

const LABEL: Record<ConditionType, string> = {
  NamespaceReady: 'Namespace',
  ReleaseDeployed: 'Release',
  DatabaseReady: 'Database',
  ApplicationReady: 'Application',
  StorefrontVerified: 'Storefront',
};
const KIND: Record<Attempt['kind'], string> = {
  create: 'Creation',
  update: 'Update',
  retry: 'Retry',
  move: 'Move',
  repair: 'Repair',
  resume: 'Resume',
};
const MARK: Record<Step['state'], string> = { done: '✓', failed: '✕', running: '◌', waiting: '·' };
const WORD: Record<Step['state'], string> = {
  done: 'done',
  failed: 'failed',
  running: 'in progress',
  waiting: 'waiting',
};

interface StepsProps {
  store: Store;
  /** Milliseconds by which this machine's clock is ahead of the server's. */
  aheadMs: number;
}

/** Steps of the store's latest attempt. The server computes the durations, so this machine's clock doesn't matter. */
export function Steps({ store, aheadMs }: StepsProps): ReactNode {
  const { attempt, conditions, operation } = store;
  const web = useEngine(store.engine)?.components.find(({ role }) => role === 'web');
  if (operation?.kind === 'suspend') return <Stopping step={operation.step} />;
  const labels = { ...LABEL, ...(web ? { ApplicationReady: web.title } : {}) };
  return (
    <section aria-label="Steps">
      <h3>Steps</h3>
      <p className={styles.summary}>{summarize(attempt, operation)}</p>
      <ol className={styles.list}>
        {attempt.steps.map(({ type, state, startedAt, durationMs }) => {
          const { message } = conditions.find((condition) => condition.type === type) ?? {};
          // A verified storefront may still have no products or be closed by its owner, so keep showing its message.
          const showMessage = state !== 'done' || type === 'StorefrontVerified';
          return (
            <li key={type}>
              <span className={styles.mark} data-state={WORD[state]} aria-hidden>
                {MARK[state]}
              </span>
              <span>
                {labels[type]}
                <span className="visually-hidden">: {WORD[state]}</span>
              </span>
              <span className={styles.aside} title={startedAt}>
                {state === 'running' && startedAt !== undefined ? (
                  <Running since={Date.parse(startedAt) + aheadMs} />
                ) : state === 'done' && durationMs !== undefined ? (
                  formatDuration(durationMs)
                ) : (
                  WORD[state]
                )}
              </span>
              {showMessage && message && message !== store.message && <span className={styles.detail}>{message}</span>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

const STOPS = { ShopStopped: 'Shop', DatabaseStopped: 'Database' } as const;

/** A suspension has steps of its own: it ends the shop, then its database. */
function Stopping({ step }: Pick<Operation, 'step'>): ReactNode {
  const isShopDown = step === 'DatabaseStopped';
  const rows = [
    { name: STOPS.ShopStopped, state: isShopDown ? 'done' : 'running' },
    { name: STOPS.DatabaseStopped, state: isShopDown ? 'running' : 'waiting' },
  ] as const;
  return (
    <section aria-label="Steps">
      <h3>Steps</h3>
      <p className={styles.summary}>Suspension in progress.</p>
      <ol className={styles.list}>
        {rows.map(({ name, state }) => (
          <li key={name}>
            <span className={styles.mark} data-state={WORD[state]} aria-hidden>
              {MARK[state]}
            </span>
            <span>{name} stopped</span>
            <span className={styles.aside}>{WORD[state]}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function summarize({ kind, startedAt, finishedAt, steps }: Attempt, operation: Operation | undefined): string {
  const isRollback = operation?.kind === 'rollback' && operation.state === 'running';
  if (finishedAt === undefined) return `${isRollback ? 'Rollback' : KIND[kind]} in progress.`;
  const took = formatDuration(Date.parse(finishedAt) - Date.parse(startedAt));
  return steps.every(({ state }) => state === 'done')
    ? `${KIND[kind]} completed in ${took}.`
    : `${KIND[kind]} ended after ${took}.`;
}

function Running({ since }: { since: number }): ReactNode {
  return `${formatDuration(useNow() - since)} so far`;
}
