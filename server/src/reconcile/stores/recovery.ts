/**
 * Recovers the stores of a lost database from the cluster, and adopts the stores that the operator named. Retries
 * until the cluster answers.
 */
import { messageOf } from '../../kit/error-message.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Logger } from 'pino';
import type { StoreRecord } from '../../domain/store.ts';
import { type RebuildOptions, rebuildStores } from './rebuild-stores.ts';

const RETRY_MS = 2000;

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

  async function once(): Promise<boolean> {
    try {
      await settleOwners();
      const found = (await rebuildStores({ ...options, onSkipped })) ?? [];
      found.forEach(onFound);
      if (found.length > 0)
        log.warn(`the database knew nothing of ${found.length} stores: they were found in the cluster`);
      return true;
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'the cluster could not be asked which stores it has');
      return false;
    }
  }

  return {
    done,
    async run() {
      while (!signal.aborted && !(await once())) await clock.sleep(RETRY_MS, signal);
      if (!signal.aborted) resolve();
    },
    close: () => stop.abort(),
  };
}
