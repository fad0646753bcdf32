/**
 * 3 RECONCILER: observe → decide → act, per store, until it matches its spec. Its controller says when.
 * Every action reads the cluster before changing it, so a redundant run does no harm.
 */
import type { Finding } from '@shopyard/contracts';
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
import type { Attempt, Reconciler, Result } from '../controller.ts';
import { RetryError } from '../errors.ts';
import { type ActionContext, type ActionTarget, toSpec } from './actions/action-context.ts';
import { unlabelledNamespace } from './actions/install.ts';
import { uninstall } from './actions/uninstall.ts';
import { type Action, planAction, repairsOf } from '../../domain/plan.ts';
import { settledAt } from '../../domain/drift.ts';
import { BackoffTracker } from '../../kit/backoff-tracker.ts';
import type { Wake } from '../../kit/wake.ts';
import { type Outcome, perform } from './perform.ts';
import { recheckAt } from '../../domain/recheck.ts';
import { HelmSlots } from '../../kit/keyed-semaphore.ts';
import type { StatusWriter } from './record.ts';
import { type StepBudgets, stepDeadline } from '../../domain/budgets.ts';
import { helmValuesOf, type StoreRecord } from '../../domain/store.ts';

/** Fallback in case the watch reports nothing after an action. */
const LOOK_AGAIN_MS = 5000;
/** Between repairs that succeed but don't last, because something keeps changing the store. */
const REPAIR_BACKOFF = { minMs: 500, maxMs: 60_000 };

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
  /** Wakes a store whose turn for a helm slot has come. */
  wake: Pick<Wake, 'add'>;
  log: Logger;
  clock: Clock;
}

export function createStoreReconciler(options: ReconcilerOptions): Reconciler {
  const { db, urlOf, writer, context, budgets, engines, wake, log, clock } = options;
  const { now } = clock;
  /** By store, generation and item: a new generation starts without. */
  const repairs = new BackoffTracker({ ...REPAIR_BACKOFF, now });
  const slots = new HelmSlots(options.maxParallel, (id) => wake.add(id));
  /** Spec of the action that runs or ran last: a failure belongs to it alone. */
  const tried = new Map<string, Pick<StoreRecord, 'generation' | 'desired'>>();

  /** The earliest of these times, and of the time when the store's attention level changes by itself. */
  function lookAt(row: StoreRow | undefined, times: readonly (number | undefined)[]): Result {
    const { changesAt } = row ? parseStoreRow(row, '').attention : {};
    const at = now().getTime();
    const later = [...times, changesAt === undefined ? undefined : Date.parse(changesAt)].filter(
      (time) => time !== undefined && time > at,
    );
    return later.length > 0 ? { after: Math.min(...later.map(Number)) - at } : {};
  }

  async function reconcile(id: string, { signal, notBefore }: Attempt): Promise<Result> {
    const found = await findStore(db, id);
    const engine = found && engines.get(found.engine);
    // A store of an engine that this build lacks is shown, and not touched.
    const row = engine && (await writer.write(found));
    if (!row) {
      slots.withdraw(id);
      return {};
    }
    const store = parseStoreRow(row, urlOf(row));
    const view = context.viewOf(row);
    const at = now().getTime();
    const action = planAction({
      store,
      engine,
      view,
      invalidValues: invalidValuesOf(store),
      notBefore,
      repairNotBefore: (what) => repairs.notBefore(repairKey(store, what)),
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
      return lookAt(row, looks);
    }
    const needsSlot = RUNS_HELM.has(action.type);
    if (!needsSlot || !options.mayWrite()) slots.withdraw(id);
    if (!options.mayWrite()) return lookAt(row, []);
    const slot = needsSlot ? slots.take(id) : undefined;
    if (needsSlot && !slot) return lookAt(row, []);
    try {
      return await act(action, row, { store, engine, view, signal });
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

  async function act(action: Action, row: StoreRow, target: ActionTarget): Promise<Result> {
    const { id } = row;
    const started = performance.now();
    if (!(await writer.write(row, { busy: true }))) return {};
    tried.set(id, target.store);
    for (const what of repairsOf(action)) repairs.note(repairKey(target.store, what));
    const result = action.type === 'forget' ? await forget(target) : await perform(context, action, target);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const current = await findStore(db, id);
    if (!current) return { acted: true };
    const done = result.done && `${result.done} in ${seconds} s`;
    const written = await writer.write(current, {
      patch: { problem: undefined, ...result.patch },
      ...(done ? { done } : {}),
    });
    if (result.done) log.info({ store: id, name: row.name, seconds: Number(seconds) }, result.done);
    return { ...lookAt(written, [now().getTime() + LOOK_AGAIN_MS]), acted: true };
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
    tried.delete(id);
    repairs.clearAll(`${id}/`);
    log.info({ store: id, name }, 'deleted');
    options.onForgotten(id);
    return {};
  }

  async function recordFailure(id: string, finding: Finding, retryAt: Date | undefined): Promise<Result> {
    const row = await findStore(db, id);
    const spec = tried.get(id);
    // A newer spec starts without a problem.
    if (!row || row.generation !== spec?.generation || row.desired !== spec.desired) return {};
    const { generation } = row;
    const { problem: before } = parseStoreRow(row, '');
    const tries = 1 + (before?.generation === generation ? (before.tries ?? 0) : 0);
    const problem = { ...finding, generation, tries, ...(retryAt ? { retryAt: retryAt.toISOString() } : {}) };
    return lookAt(await writer.write(row, { patch: { problem } }), []);
  }

  return {
    name: 'stores',
    keys: async () => (await listStores(db)).map(({ id }) => id),
    reconcile,
    recordFailure,
  };
}

function repairKey({ id, generation }: StoreRecord, what: string): string {
  return `${id}/${generation}/${what}`;
}
