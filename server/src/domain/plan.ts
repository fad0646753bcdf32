/** Decides a store's next action. Pure: depends on its spec and the observation. */
import { type Engine, runsOnce } from '@shopyard/engines';
import { addressLabelOf } from './labels.ts';
import type { ObservedRelease, StoreObservation } from './observation.ts';
import { driftOf, suspectsOf } from './drift.ts';
import type { StoreRecord } from './store.ts';

export type Action =
  /** Up to date or in progress; the watch reports changes. */
  | { type: 'none' }
  /** Backing off after a failure until this time. */
  | { type: 'wait'; until: number }
  /** Apply namespace, credentials and release of this generation; `moving` if only the URL differs. */
  | { type: 'install'; moving: boolean }
  /** Compare these changed objects with the release's manifest. */
  | { type: 'compare'; keys: string[] }
  /** Restore these objects from the manifest, without a new revision and its tasks. */
  | { type: 'repair'; keys: string[] }
  /** Check this revision's storefront. */
  | { type: 'verify'; revision: number }
  /** Delete release and namespace. */
  | { type: 'uninstall' }
  /** The values don't fit the chart: apply nothing. */
  | { type: 'refuse'; message: string }
  /** Remove the finalizers that block the namespace, as requested. */
  | { type: 'release-finalizers' }
  /** The namespace is gone: delete the store's record. */
  | { type: 'forget' };

export interface Situation {
  store: StoreRecord;
  engine: Engine;
  view: StoreObservation;
  /** The error in the values for helm, with its field; `undefined` if they are valid. */
  invalidValues: string | undefined;
  /** End of the backoff, in epoch milliseconds. */
  notBefore: number;
  /** The same for a repaired item: an object as `Kind/name`, or the store's URL (`ADDRESS`). */
  repairNotBefore: (what: string) => number;
  now: number;
  /** Next check of a shop that has worked, in epoch milliseconds; no check if absent. */
  recheckAt?: number;
}

/** Repair key of the store's URL. */
const ADDRESS = 'address';

export function planAction(situation: Situation): Action {
  const { now, notBefore, repairNotBefore } = situation;
  const action = wanted(situation);
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
  return action.type === 'install' && action.moving ? [ADDRESS] : [];
}

function wanted({ store, engine, view, invalidValues, now, recheckAt = Infinity }: Situation): Action {
  if (store.desired === 'absent') {
    if (!view.namespace) return { type: 'forget' };
    if (!view.namespace.terminating) return { type: 'uninstall' };
    return { type: store.forced && view.namespace.remaining.length > 0 ? 'release-finalizers' : 'none' };
  }
  if (store.problem?.terminal && store.problem.generation === store.generation) return { type: 'none' };
  if (invalidValues !== undefined) return { type: 'refuse', message: invalidValues };
  if (view.namespace?.terminating) return { type: 'none' };
  if (store.held && !isInstalled(store, view)) return { type: 'none' };
  if (!isInstalled(store, view)) return { type: 'install', moving: isMoving(store, view) };
  const drift = store.held ? undefined : driftOf(store, view, { engine, now });
  if (drift) return drift.repairs.length > 0 ? { type: 'repair', keys: drift.repairs } : { type: 'none' };
  const suspects = store.held ? [] : suspectsOf(store, view);
  if (suspects.length > 0) return { type: 'compare', keys: suspects };
  if (!isRunning(view, engine) || (isVerified(store, view) && now < recheckAt)) return { type: 'none' };
  return { type: 'verify', revision: view.release?.revision ?? 0 };
}

function carriesGeneration(store: StoreRecord, release: ObservedRelease | undefined): release is ObservedRelease {
  return release?.status === 'deployed' && (store.held || release.generation === store.generation);
}

/** The release has the newest generation and URL. A held store's release always counts as current. */
export function isCurrent(store: StoreRecord, release: ObservedRelease | undefined): boolean {
  return carriesGeneration(store, release) && (store.held || release.address === addressLabelOf(store.url));
}

/** Up to date except for its URL: the platform's domain or port changed. */
export function isMoving(store: StoreRecord, { release }: StoreObservation): boolean {
  return carriesGeneration(store, release) && !isCurrent(store, release);
}

/** The release is up to date, and its namespace exists. */
export function isInstalled(store: StoreRecord, { namespace, release }: StoreObservation): boolean {
  return namespace !== undefined && isCurrent(store, release);
}

/** Every workload runs its newest spec, and the revision's tasks have completed. */
export function isRunning(view: StoreObservation, engine: Engine): boolean {
  const { workloads } = view;
  return workloads.length > 0 && workloads.every((workload) => workload.ready) && isSetUp(view, engine);
}

/** The revision's tasks have completed or are not needed; those of other revisions don't count. */
export function isSetUp({ jobs, release }: StoreObservation, engine: Engine): boolean {
  const current = jobs.filter(
    ({ name, component }) => runsOnce(engine, component) && name === `${component}-${release?.revision}`,
  );
  return current.every(({ state }) => state === 'complete');
}

/** The storefront check has passed for this exact revision. */
export function isVerified(store: StoreRecord, { release }: StoreObservation): boolean {
  return release !== undefined && store.verifiedRevision === release.revision;
}
