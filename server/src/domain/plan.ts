/** Decides a store's next action, exactly one. Pure. */
import { isSameProfile, type Reason } from '@shopyard/contracts';
import { nextRestart } from './restarts.ts';
import { isAsleep, nextToStop, type Part } from './suspension.ts';
import type { Assessment } from './situation.ts';

export type Action =
  /** Up to date or in progress; the watch reports changes. */
  | { type: 'none' }
  /** Backing off after a failure until this time. */
  | { type: 'wait'; until: number }
  /** Apply namespace, credentials and release of this generation; `moving` if only the URL differs. */
  | { type: 'install'; moving: boolean }
  /** Copy the spec to the namespace: something of it is another that starts no generation. */
  | { type: 'annotate' }
  /** Compare these changed objects with the release's manifest. */
  | { type: 'compare'; keys: string[] }
  /** Restore these objects from the manifest, without a new revision and its tasks. */
  | { type: 'repair'; keys: string[] }
  /** Replace the pods of this component, as requested at this time. */
  | { type: 'restart'; component: string; at: string }
  /** End the pods of this part, for a suspended store. */
  | { type: 'suspend'; part: Part }
  /** Start the pods again. */
  | { type: 'resume' }
  /** Check this revision's storefront. */
  | { type: 'verify'; revision: number }
  /** Delete release and namespace. */
  | { type: 'uninstall' }
  /** The values don't fit the chart, or there is no chart: apply nothing. */
  | { type: 'refuse'; reason: Reason; message: string }
  /** Remove the finalizers that block the namespace, as requested. */
  | { type: 'release-finalizers' }
  /** The namespace is gone: delete the store's record. */
  | { type: 'forget' };

export type ActionOf<T extends Action['type']> = Extract<Action, { type: T }>;
type IdleAction = ActionOf<'none' | 'wait'>;
/** An action that does something, rather than wait. */
export type ActiveAction = Exclude<Action, IdleAction>;

export function isIdle(action: Action): action is IdleAction {
  return action.type === 'none' || action.type === 'wait';
}

/** Repair key of the store's URL. */
const ADDRESS = 'address';

export function plan(assessment: Assessment): Action {
  const { now, notBefore, repairNotBefore } = assessment;
  const action = nextAction(assessment);
  if (action.type === 'none') return action;
  if (now < notBefore) return { type: 'wait', until: notBefore };
  const repairs = repairsOf(action);
  const due = repairs.filter((what) => now >= repairNotBefore(what));
  if (repairs.length > 0 && due.length === 0) return { type: 'wait', until: Math.min(...repairs.map(repairNotBefore)) };
  return action.type === 'repair' ? { ...action, keys: due } : action;
}

/** Items that the action repairs. Repeated repairs of the same item back off. */
export function repairsOf(action: Action): string[] {
  if (action.type === 'repair') return action.keys;
  // Somebody else may start them again.
  if (action.type === 'suspend') return [`suspend ${action.part}`];
  return action.type === 'install' && action.moving ? [ADDRESS] : [];
}

function nextAction(assessment: Assessment): Action {
  const { store, view, problem, invalidValues, drift, suspects, now, recheckAt } = assessment;
  if (store.desired === 'absent') return toAbsent(assessment);
  if (problem?.terminal) return { type: 'none' };
  if (isOutdated(assessment)) return { type: 'annotate' };
  if (assessment.isSuspended) return toSuspended(assessment);
  if (invalidValues !== undefined) return { type: 'refuse', reason: 'InvalidValues', message: invalidValues };
  if (view.namespace?.terminating) return { type: 'none' };
  if (!assessment.isInstalled) return toInstalled(assessment);
  // Something is lost, and pods that stop now might not come back.
  if (drift?.repairs.length === 0) return { type: 'none' };
  if (mustWake(assessment)) return { type: 'resume' };
  const restart = store.held ? undefined : nextRestart(store, view);
  if (restart) return { type: 'restart', ...restart };
  if (drift) return { type: 'repair', keys: drift.repairs };
  if (suspects.length > 0) return { type: 'compare', keys: suspects };
  if (!assessment.isRunning || (assessment.isVerified && !assessment.isResuming && now < recheckAt))
    return { type: 'none' };
  return { type: 'verify', revision: view.release?.revision ?? 0 };
}

function toInstalled({ store, chartTrouble, isMoving }: Assessment): Action {
  if (store.held) return { type: 'none' };
  return chartTrouble ? { type: 'refuse', ...chartTrouble } : { type: 'install', moving: isMoving };
}

function toAbsent({ store, view: { namespace } }: Assessment): Action {
  if (!namespace) return { type: 'forget' };
  if (!namespace.terminating) return { type: 'uninstall' };
  return { type: store.forced && namespace.remaining.length > 0 ? 'release-finalizers' : 'none' };
}

/** Not verified: the database was lost before it knew that the store was resumed. Any other workload at zero is drift. */
function mustWake({ store, view, isResuming, isVerified }: Assessment): boolean {
  return !store.held && isAsleep(view) && (isResuming || !isVerified);
}

/** Its changes wait until it resumes, so helm has nothing to do. What somebody else starts again is ended again. */
function toSuspended({ store, engine, view, isInstalled, drift, suspects }: Assessment): Action {
  if (store.held || !view.namespace || view.namespace.terminating) return { type: 'none' };
  const part = nextToStop(view, engine);
  if (part) return { type: 'suspend', part };
  if (!isInstalled || drift?.repairs.length === 0) return { type: 'none' };
  if (drift) return { type: 'repair', keys: drift.repairs };
  return suspects.length > 0 ? { type: 'compare', keys: suspects } : { type: 'none' };
}

/**
 * Whether a lost database would be rebuilt from an older profile, wake a store that is suspended, or forget a change that
 * waits, for its window or for a store that is suspended. A new namespace gets its copy from the installation.
 */
function isOutdated({ store, view: { namespace } }: Assessment): boolean {
  if (namespace === undefined || namespace.terminating) return false;
  const isSame = namespace.desired === store.desired && namespace.waiting === store.waiting?.id;
  const isForgotten = store.desired === 'suspended' && namespace.generation < store.generation;
  return !isSame || isForgotten || !isSameProfile(namespace.profile, store.profile);
}
