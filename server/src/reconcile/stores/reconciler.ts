/**
 * 3 RECONCILER: brings a store one step closer to its spec: observe → assess → plan → record → act. Its controller says
 * when. Every action reads the cluster before changing it, so a redundant run does no harm.
 */
import type { Finding } from '@shopyard/contracts';
import type { Logger } from 'pino';
import { assess } from '../../domain/assess.ts';
import { inventoryOf } from '../../domain/inventory.ts';
import { nextLook } from '../../domain/next-look.ts';
import { type Action, type ActiveAction, isIdle, plan, repairsOf } from '../../domain/plan.ts';
import type { Assessment, Situation } from '../../domain/situation.ts';
import { type Facts, toStatus, withFacts, withProblem } from '../../domain/status.ts';
import type { StoreRecord, StoreStatus } from '../../domain/store.ts';
import type { HelmSlots, Slot } from '../../kit/keyed-semaphore.ts';
import type { Attempt, Reconciler, Result } from '../controller.ts';
import type { ActionContext, Outcome } from './actions/action-context.ts';
import { ACTIONS, perform } from './actions/actions.ts';
import type { Done } from './history.ts';
import type { Observe } from './observe.ts';
import type { StoreRecords } from './record.ts';
import type { RepairBackoff } from './repair-backoff.ts';

/** Fallback in case the watch reports nothing after an action. */
const LOOK_AGAIN_MS = 5000;
const FREE: Slot = { release: () => undefined };

export interface StoreReconcilerOptions {
  observe: Observe;
  records: StoreRecords;
  context: ActionContext;
  limits: { slots: HelmSlots; repairs: RepairBackoff };
  /** False while this server is read-only. */
  mayWrite: () => boolean;
  log: Logger;
}

export function createStoreReconciler(options: StoreReconcilerOptions): Reconciler {
  const { observe, records, context, mayWrite, log } = options;
  const { slots, repairs } = options.limits;
  /** Spec of each store's latest action: a failure belongs to it alone. */
  const tried = new Map<string, Pick<StoreRecord, 'generation' | 'desired'>>();

  async function reconcile(id: string, { signal, notBefore }: Attempt): Promise<Result> {
    const situation = await observe(id, notBefore);
    if (!situation) {
      slots.withdraw(id);
      return {};
    }
    const assessment = assess(situation);
    const action = plan(assessment);
    const active = isIdle(action) || !mayWrite() ? undefined : action;
    const slot = takeSlot(id, active);
    try {
      const status = toStatus(assessment, slot && active);
      const isRecorded = await records.record(situation, status);
      if (!isRecorded) return { after: 0 };
      return slot && active ? await act(situation, active, signal) : toResult(assessment, action, status);
    } finally {
      slot?.release();
    }
  }

  /** `undefined` if none is free: the store is woken when its turn comes. */
  function takeSlot(id: string, action: ActiveAction | undefined): Slot | undefined {
    if (action && ACTIONS[action.type].needsSlot) return slots.take(id);
    slots.withdraw(id);
    return FREE;
  }

  async function act(situation: Situation, action: ActiveAction, signal: AbortSignal): Promise<Result> {
    const { store, engine, view } = situation;
    const { id, name } = store;
    const started = performance.now();
    tried.set(id, store);
    for (const what of repairsOf(action)) repairs.note(store, what);
    const outcome = await perform(context, { store, engine, view, signal }, action);
    if (outcome.isGone) await remove(store);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const result = await recordOutcome(id, outcome, toDone(outcome, seconds));
    const { did, detail = '' } = outcome;
    if (did) log.info({ store: id, name, seconds: Number(seconds) }, `${did} ${detail}`.trim());
    return { ...result, acted: true };
  }

  /** On top of a new observation, not of the one behind the decision; of another one if the spec is replaced meanwhile. */
  async function recordOutcome(id: string, outcome: Outcome, done: Done | undefined): Promise<Result> {
    const after = await observe(id, 0);
    if (!after) return {};
    const assessment = assess(withFacts(after, toFacts(outcome, after)));
    const status = toStatus(assessment, undefined);
    if (!(await records.record(after, status, done))) return recordOutcome(id, outcome, done);
    if (outcome.isRead && goesOn(plan(assessment))) return { after: 0 };
    return toResult(assessment, { type: 'wait', until: after.now + LOOK_AGAIN_MS }, status);
  }

  async function remove({ id, name }: StoreRecord): Promise<void> {
    await records.remove(id);
    tried.delete(id);
    repairs.forget(id);
    log.info({ store: id, name }, 'deleted');
  }

  async function recordFailure(id: string, finding: Finding, retryAt: Date | undefined): Promise<Result> {
    const situation = await observe(id, retryAt?.getTime() ?? 0);
    const spec = tried.get(id);
    const { generation, desired, problem: before } = situation?.store ?? {};
    // A newer spec starts without a problem.
    if (!situation || !generation || generation !== spec?.generation || desired !== spec.desired) return {};
    const tries = 1 + (before?.generation === generation ? (before.tries ?? 0) : 0);
    const problem = { ...finding, generation, tries, ...(retryAt ? { retryAt: retryAt.toISOString() } : {}) };
    const assessment = assess(withProblem(situation, problem));
    const status = toStatus(assessment, undefined);
    const isRecorded = await records.record(situation, status);
    return isRecorded ? toResult(assessment, plan(assessment), status) : { after: 0 };
  }

  return { name: 'stores', keys: records.ids, reconcile, recordFailure };
}

/** Objects to compare once more have changed since the watch last reported them: it will report that as well. */
const goesOn = (action: Action): boolean => !isIdle(action) && action.type !== 'compare';

function toFacts({ facts, takesInventory }: Outcome, { view }: Situation): Facts {
  return { ...facts, ...(takesInventory ? { inventory: inventoryOf(view) } : {}) };
}

function toDone({ did, detail = '' }: Outcome, seconds: string): Done | undefined {
  return did && { did, message: `${`${did} ${detail}`.trim()} in ${seconds} s` };
}

function toResult(assessment: Assessment, action: Action, status: StoreStatus): Result {
  const at = nextLook(assessment, action, status);
  return at === undefined ? {} : { after: at - assessment.now };
}
