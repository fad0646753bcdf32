/**
 * Recovers the stores of a lost database from the cluster, and adopts the stores that the operator named. Retries
 * until the cluster answers.
 */
import type { Clock } from '../../kit/clock.ts';
import type { Logger } from 'pino';
import type { StoreRecord } from '../../domain/store.ts';
import { tryUntilDone } from '../try-until-done.ts';
import { type RebuildOptions, rebuildStores } from './rebuild-stores.ts';

export interface RecoveryOptions extends Omit<RebuildOptions, 'onSkipped'> {
  onFound: (record: StoreRecord) => void;
  /** Runs before recovery: settles which installation owns each namespace. */
  settleOwners: () => Promise<void>;
  log: Logger;
  clock: Clock;
}

export interface Recovery {
  /** Resolves once the database knows every store in the cluster; never before `run`. */
  readonly done: Promise<void>;
  run(): Promise<void>;
  close(): void;
}

export function createRecovery({ onFound, settleOwners, log, clock, ...options }: RecoveryOptions): Recovery {
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const stop = new AbortController();
  const { signal } = stop;

  const onSkipped: RebuildOptions['onSkipped'] = ({ namespace, why }) =>
    log.warn({ namespace }, `a namespace was not taken for a store: ${why}`);

  async function recover(): Promise<void> {
    await settleOwners();
    const found = (await rebuildStores({ ...options, onSkipped })) ?? [];
    found.forEach(onFound);
    if (found.length > 0)
      log.warn(`the database knew nothing of ${found.length} stores: they were found in the cluster`);
  }

  return {
    done,
    async run() {
      const trouble = 'the cluster could not be asked which stores it has';
      if (await tryUntilDone(recover, { log, clock, signal, trouble })) resolve();
    },
    close: () => stop.abort(),
  };
}
