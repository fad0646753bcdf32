/**
 * The loop around a reconciler. It alone knows queue, backoff, resync and shutdown, so that a reconciler is about one key:
 * look at it, bring it one step closer to its spec, say when to look again.
 *
 * - Wakes, timers and the start carry a key, never what happened. One run per key at a time; a key that is woken while it
 *   runs runs again.
 * - A reconcile that throws is retried with backoff, doubled from half a second up to a minute (backoff.ts). RetryError is an
 *   expected failure and logged at info. TerminalError, or any finding that is terminal, waits for a new spec.
 * - During its backoff a key that is woken runs nevertheless, with the time in `attempt.notBefore`: it observes and
 *   records, but does not act. Only a run that acted ends the backoff.
 * - An interrupt aborts the run of its key and drops its backoff: use it when the spec changed.
 */
import type { Finding } from '@shopyard/contracts';
import type { Logger } from 'pino';
import { BackoffTracker } from './backoff.ts';
import type { Clock } from '../kit/clock.ts';
import type { Wake } from '../kit/wake.ts';
import { WorkQueue } from '../kit/work-queue.ts';
import { RetryError } from './errors.ts';
import { toFinding } from './to-finding.ts';

/** Keys reconciled at once. What is scarcer, such as helm, has its own limit. */
const CONCURRENCY = 64;
/** Every key is looked at this often, even if nothing wakes it. */
const RESYNC_MS = 5 * 60_000;

export interface Reconciler {
  /** For the log. */
  readonly name: 'stores' | 'backups' | 'rollouts' | 'domains';
  /** Looked at on start and on every resync. */
  keys(): Promise<string[]>;
  /** Throws RetryError, TerminalError, HelmError or ClusterError; any other error is logged as a defect and retried. */
  reconcile(key: string, attempt: Attempt): Promise<Result>;
  /** Records why `reconcile` threw. `retryAt` is absent when retrying can't help. */
  recordFailure(key: string, finding: Finding, retryAt: Date | undefined): Promise<Result>;
}

export interface Attempt {
  /** Aborts on an interrupt and on shutdown. What an aborted run throws is ignored. */
  signal: AbortSignal;
  /** Epoch milliseconds: until then observe and record, but don't act. */
  notBefore: number;
}

export interface Result {
  /** Milliseconds: look again then, whatever happens meanwhile. */
  after?: number | undefined;
  /** Something was done: earlier failures no longer count. */
  acted?: boolean;
}

export interface ControllerOptions {
  wake: Wake;
  log: Logger;
  clock: Clock;
  random?: () => number;
}

export interface Controller {
  /** Looks at every key, and from then on at those that are woken. */
  start(): Promise<void>;
  /** Looks at every key again, for instance after a read-only period. Does nothing before the start. */
  lookAgain(): Promise<void>;
  /** Aborts what runs, and resolves when nothing runs any more. */
  close(): Promise<void>;
}

export function createController(reconciler: Reconciler, options: ControllerOptions): Controller {
  const { wake, clock, random = Math.random } = options;
  const { now } = clock;
  const log = options.log.child({ reconciler: reconciler.name });
  const failures = new BackoffTracker({ now, random });
  let started = false;
  let endResync: (() => void) | undefined;

  const queue = new WorkQueue({
    clock,
    run,
    concurrency: CONCURRENCY,
    onError(error, key) {
      log.error({ key, error }, 'reconcile failed unexpectedly');
      queue.addAfter(key, failures.note(key));
    },
  });

  async function run(key: string, signal: AbortSignal): Promise<void> {
    try {
      const result = await reconciler.reconcile(key, { signal, notBefore: failures.notBefore(key) });
      if (result.acted) failures.clear(key);
      schedule(key, result);
    } catch (error) {
      if (!signal.aborted) await fail(key, error);
    }
  }

  async function fail(key: string, error: unknown): Promise<void> {
    const finding = toFinding(error);
    if (!finding) return queue.add(key);
    const wait = failures.note(key);
    const { reason, message, terminal } = finding;
    const retryMs = terminal ? undefined : Math.round(wait);
    log[error instanceof RetryError ? 'info' : 'warn']({ key, reason, terminal, retryMs }, message);
    const retryAt = terminal ? undefined : new Date(now().getTime() + wait);
    schedule(key, await reconciler.recordFailure(key, finding, retryAt));
    if (!terminal) queue.addAfter(key, wait);
  }

  function schedule(key: string, { after }: Result): void {
    if (after !== undefined) queue.addAfter(key, after);
  }

  async function eachKey(look: (key: string) => void): Promise<void> {
    try {
      for (const key of await reconciler.keys()) look(key);
    } catch (error) {
      log.error({ error }, 'the keys could not be listed');
    }
  }

  function scheduleResync(): void {
    endResync = clock.after(RESYNC_MS, () => {
      // Spread over the interval, so that the keys don't all run at once.
      void eachKey((key) => queue.addAfter(key, random() * RESYNC_MS));
      scheduleResync();
    });
  }

  return {
    async lookAgain() {
      if (started) await eachKey((key) => queue.add(key));
    },
    async start() {
      started = true;
      for (const key of await reconciler.keys()) queue.add(key);
      wake.connect({
        add: (key) => queue.add(key),
        interrupt(key) {
          failures.clear(key);
          queue.interrupt(key);
        },
      });
      scheduleResync();
    },
    async close() {
      endResync?.();
      await queue.close();
    },
  };
}
