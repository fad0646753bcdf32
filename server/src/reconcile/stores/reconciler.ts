/**
 * 3 RECONCILER: observe → decide → act, per store, until it matches its spec.
 * Calls, watch events, timers and startup enqueue keys only; the reconciler works out the action itself.
 * Every action reads the cluster before changing it, so a redundant run does no harm.
 */
import type { Engines } from '@shopyard/engines';
import type { Logger } from 'pino';
import type { Clock } from '../../kit/clock.ts';
import type { Database } from '../../storage/database.ts';
import { parseStoreRow } from '../../storage/parse-store.ts';
import { deleteStore } from '../../storage/store-changes.repository.ts';
import { findStore, listStores } from '../../storage/store.repository.ts';
import type { StoreRow } from '../../storage/tables.ts';
import { transact } from '../../storage/transaction.ts';
import type { EngineCharts } from '../../chart/engine-charts.ts';
import { failureOf, RetryError } from '../action-error.ts';
import { type ActionContext, type ActionTarget, toSpec } from './actions/action-context.ts';
import { unlabelledNamespace } from './actions/install.ts';
import { uninstall } from './actions/uninstall.ts';
import { type Action, planAction, repairsOf } from '../../domain/plan.ts';
import { settledAt } from '../../domain/drift.ts';
import { BackoffTracker } from '../../kit/backoff-tracker.ts';
import { type Outcome, perform } from './perform.ts';
import { recheckAt } from '../../domain/recheck.ts';
import { HelmSlots } from '../../kit/keyed-semaphore.ts';
import type { StatusWriter } from './record.ts';
import { type StepBudgets, stepDeadline } from '../../domain/budgets.ts';
import { helmValuesOf, type StoreRecord } from '../../domain/store.ts';
import { WorkQueue } from '../../kit/work-queue.ts';

/** Stores reconciled concurrently; helm operations have their own limit. */
const CONCURRENCY = 64;
/** Resync interval for each store, even without events. */
const RESYNC_MS = 5 * 60_000;
/** Fallback in case the watch reports nothing after an action. */
const LOOK_AGAIN_MS = 5000;

/** `forget` checks the cluster for anything left to uninstall. */
const RUNS_HELM: ReadonlySet<Action['type']> = new Set(['install', 'uninstall', 'forget']);

export interface ReconcilerOptions {
  db: Database;
  /** The store's URL, as its pages render it. */
  urlOf: (row: StoreRow) => string;
  writer: StatusWriter;
  context: ActionContext;
  maxParallel: number;
  /** The store's row is gone. */
  onForgotten: (id: string) => void;
  /** Last customer visit, in epoch milliseconds; see recheck.ts. */
  visitedAt: (id: string) => number;
  /** Where they differ from the engine's. */
  budgets: Partial<StepBudgets>;
  engines: Engines;
  charts: EngineCharts;
  /** False while this server is read-only. */
  mayWrite: () => boolean;
  log: Logger;
  clock: Clock;
}

export interface Reconciler {
  /** Starts and reconciles every store. Keys added earlier wait until then. */
  start(): Promise<void>;
  /** Reconciles every store again, for instance after a read-only period. */
  lookAgain(): Promise<void>;
  add(id: string): void;
  /** Aborts the store's running action, resets its failures, and reconciles it again. */
  interrupt(id: string): void;
  close(): Promise<void>;
}

export function createReconciler(options: ReconcilerOptions): Reconciler {
  const { db, urlOf, writer, context, budgets, engines, log, clock } = options;
  const { now } = clock;
  const failures = new BackoffTracker(now);
  /** Backoff for repairs that succeed but don't last, because something keeps changing the store. */
  const repairs = new BackoffTracker(now);
  const slots = new HelmSlots(options.maxParallel, (id) => queue.add(id));
  const early = new Set<string>();
  let started = false;
  let endResync: (() => void) | undefined;

  const queue = new WorkQueue({
    clock,
    run: reconcile,
    concurrency: CONCURRENCY,
    onError(error, id) {
      log.error({ store: id, error }, 'reconcile failed unexpectedly');
      queue.addAfter(id, failures.note(id));
    },
  });

  /** Writes the findings, and requeues the store for the time when its attention level changes by itself. */
  const write: StatusWriter['write'] = async (row, change) => {
    const written = await writer.write(row, change);
    const { changesAt } = written ? parseStoreRow(written, '').attention : {};
    if (written && changesAt !== undefined) queue.addAfter(row.id, Date.parse(changesAt) - now().getTime());
    return written;
  };

  async function reconcile(id: string, signal: AbortSignal): Promise<void> {
    const found = await findStore(db, id);
    const engine = found && engines.get(found.engine);
    // A store of an engine that this build lacks is shown, and not touched.
    const row = engine && (await write(found));
    if (!row) return slots.withdraw(id);
    const store = parseStoreRow(row, urlOf(row));
    const view = context.viewOf(row);
    const at = now().getTime();
    const action = planAction({
      store,
      engine,
      view,
      invalidValues: invalidValuesOf(store),
      notBefore: failures.notBefore(id),
      repairNotBefore: (what) => repairs.notBefore(`${id}/${what}`),
      now: at,
      recheckAt: recheckAt(store, options.visitedAt(id)),
    });
    if (action.type === 'none' || action.type === 'wait') {
      slots.withdraw(id);
      const looks =
        action.type === 'wait'
          ? [action.until]
          : [
              settledAt(store),
              stepDeadline(store.conditions, { ...engine.budgets, ...budgets })?.at,
              recheckAt(store, Infinity),
            ];
      for (const look of looks) if (look !== undefined && look > at) queue.addAfter(id, look - at);
      return;
    }
    if (!options.mayWrite()) return slots.withdraw(id);
    const slot = RUNS_HELM.has(action.type) ? slots.take(id) : undefined;
    if (RUNS_HELM.has(action.type) && !slot) return;
    try {
      await act(action, row, { store, engine, view, signal });
    } finally {
      slot?.release();
    }
  }

  /** Values also come from rows and annotations that an older server or someone else wrote. */
  function invalidValuesOf(store: StoreRecord): string | undefined {
    if (store.desired === 'absent') return undefined;
    const [wrong] = options.charts.get(store.engine)?.checkValues(helmValuesOf(store)) ?? [];
    return wrong && `${wrong.field}: ${wrong.message}. Correct the store's values.`;
  }

  async function act(action: Action, row: StoreRow, target: ActionTarget): Promise<void> {
    const { id } = row;
    const started = performance.now();
    const busy = await write(row, { busy: true });
    if (!busy) return;
    try {
      for (const what of repairsOf(action)) repairs.note(`${id}/${what}`);
      const result = action.type === 'forget' ? await forget(target) : await perform(context, action, target);
      failures.clear(id);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const current = await findStore(db, id);
      if (!current) return;
      const done = result.done && `${result.done} in ${seconds} s`;
      await write(current, { patch: { problem: undefined, ...result.patch }, ...(done ? { done } : {}) });
      if (result.done) log.info({ store: id, name: row.name, seconds: Number(seconds) }, result.done);
      queue.addAfter(id, LOOK_AGAIN_MS);
    } catch (error) {
      await fail(error, id, target);
    }
  }

  /** Reads the cluster first: the watch may not have seen the namespace yet. */
  async function forget(target: ActionTarget): Promise<Outcome> {
    const { id, name } = target.store;
    const state = await context.cluster.namespaceState(toSpec(target.store), target.signal);
    if (state === 'ours') {
      await uninstall(context, target);
      return {};
    }
    if (state === 'unlabelled') throw unlabelledNamespace(target.store);
    if (state === 'terminating') throw new RetryError('NamespaceTerminating', 'Waiting for the namespace to be gone.');
    const message = 'release and namespace are gone';
    const entry = { at: now().toISOString(), kind: 'action', actor: 'reconciler', what: 'deleted', message } as const;
    await transact(db, (transaction) => deleteStore(transaction, id, entry));
    failures.clear(id);
    repairs.clearAll(`${id}/`);
    log.info({ store: id, name }, 'deleted');
    options.onForgotten(id);
    return {};
  }

  async function fail(error: unknown, id: string, { store }: ActionTarget): Promise<void> {
    const failure = failureOf(error);
    const row = await findStore(db, id);
    if (!row || !failure) return queue.add(id);
    const wait = failures.note(id);
    const { terminal, reason, message } = failure;
    log.warn(
      { store: id, name: store.name, reason, terminal, retryMs: terminal ? undefined : Math.round(wait) },
      message,
    );
    // The failure belongs to this generation; a newer one starts without a problem.
    const problem =
      row.generation === store.generation && row.desired === store.desired
        ? {
            ...failure,
            generation: store.generation,
            tries: 1 + (store.problem?.generation === store.generation ? (store.problem.tries ?? 0) : 0),
            ...(terminal ? {} : { retryAt: new Date(now().getTime() + wait).toISOString() }),
          }
        : undefined;
    await write(row, { patch: { problem } });
    if (!terminal) queue.addAfter(id, wait);
  }

  function scheduleResync(): void {
    endResync = clock.after(RESYNC_MS, () => {
      void listStores(db).then((rows) => {
        for (const { id } of rows) queue.addAfter(id, Math.random() * RESYNC_MS);
      });
      scheduleResync();
    });
  }

  async function lookAgain(): Promise<void> {
    if (started) for (const { id } of await listStores(db)) queue.add(id);
  }

  return {
    lookAgain,
    async start() {
      started = true;
      await lookAgain();
      for (const id of early) queue.add(id);
      early.clear();
      scheduleResync();
    },
    add(id) {
      if (started) queue.add(id);
      else early.add(id);
    },
    interrupt(id) {
      failures.clear(id);
      repairs.clearAll(`${id}/`);
      if (started) queue.interrupt(id);
    },
    async close() {
      endResync?.();
      await queue.close();
    },
  };
}
