/** What to do next for a store: a pure function of what should be and what was observed. */
import { addressLabelOf } from './labels.ts';
import type { ObservedRelease, StoreView } from './observation.ts';
import { driftOf, suspectsOf } from './drift.ts';
import type { StoreState } from './store.ts';

export type Action =
  /** As it should be, or on its way: the watch will tell. */
  | { type: 'none' }
  /** Failed before: not again until then. */
  | { type: 'wait'; until: number }
  /** Namespace, credentials and release of this generation; `moving` when all but its address is that already. */
  | { type: 'install'; moving: boolean }
  /** Find out whether these objects, which changed, still are what the release's manifest says. */
  | { type: 'compare'; keys: string[] }
  /** Bring these objects back to the manifest: no new revision, no setup. */
  | { type: 'repair'; keys: string[] }
  /** See whether this revision's pages work. */
  | { type: 'verify'; revision: number }
  /** Remove release and namespace. */
  | { type: 'uninstall' }
  /** Its values are not what the chart takes: nothing is applied. */
  | { type: 'refuse'; message: string }
  /** Take finalizers off what holds the namespace, as was asked for. */
  | { type: 'release-finalizers' }
  /** The namespace is gone: so is the store. */
  | { type: 'forget' };

export interface Situation {
  store: StoreState;
  view: StoreView;
  /** What is wrong with the values that helm would be given, with the field; undefined when nothing is. */
  invalidValues: string | undefined;
  /** Epoch milliseconds before which nothing is tried again. */
  notBefore: number;
  /** The same of what was put back before: an object, as `Kind/name`, or the store's address (`ADDRESS`). */
  repairNotBefore: (what: string) => number;
  now: number;
  /** Epoch milliseconds of the next look at a shop that was seen to work; never without it. */
  recheckAt?: number;
}

/** What a move to another address puts right. */
const ADDRESS = 'address';

export function decideAction(situation: Situation): Action {
  const { now, notBefore, repairNotBefore } = situation;
  const action = wanted(situation);
  if (action.type === 'none') return action;
  if (now < notBefore) return { type: 'wait', until: notBefore };
  const repairs = repairsOf(action);
  const due = repairs.filter((what) => now >= repairNotBefore(what));
  if (repairs.length > 0 && due.length === 0) return { type: 'wait', until: Math.min(...repairs.map(repairNotBefore)) };
  return action.type === 'repair' ? { ...action, keys: due } : action;
}

/** What the action puts back. Something may change it again and again: that is not fought over in haste. */
export function repairsOf(action: Action): string[] {
  if (action.type === 'repair') return action.keys;
  return action.type === 'install' && action.moving ? [ADDRESS] : [];
}

function wanted({ store, view, invalidValues, now, recheckAt = Infinity }: Situation): Action {
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
  const drift = store.held ? undefined : driftOf(store, view, now);
  if (drift) return drift.repairs.length > 0 ? { type: 'repair', keys: drift.repairs } : { type: 'none' };
  const suspects = store.held ? [] : suspectsOf(store, view);
  if (suspects.length > 0) return { type: 'compare', keys: suspects };
  if (!isRunning(view) || (isVerified(store, view) && now < recheckAt)) return { type: 'none' };
  return { type: 'verify', revision: view.release?.revision ?? 0 };
}

function carriesGeneration(store: StoreState, release: ObservedRelease | undefined): release is ObservedRelease {
  return release?.status === 'deployed' && (store.held || release.generation === store.generation);
}

/** The release carries the newest generation and address. A held store's is right as it is. */
export function isCurrent(store: StoreState, release: ObservedRelease | undefined): boolean {
  return carriesGeneration(store, release) && (store.held || release.address === addressLabelOf(store.url));
}

/** All that is not as it should be is its address: the platform's domain or port became another. */
export function isMoving(store: StoreState, { release }: StoreView): boolean {
  return carriesGeneration(store, release) && !isCurrent(store, release);
}

/** The release is as it should be, and its namespace is there. */
export function isInstalled(store: StoreState, { namespace, release }: StoreView): boolean {
  return namespace !== undefined && isCurrent(store, release);
}

/** Every workload runs its newest spec, and the setup is through. */
export function isRunning(view: StoreView): boolean {
  const { workloads } = view;
  return workloads.length > 0 && workloads.every((workload) => workload.ready) && isSetUp(view);
}

/** The revision's setup is not still to be done; those of other revisions don't count. */
export function isSetUp({ jobs, release }: StoreView): boolean {
  return release === undefined || jobs.every(({ name, state }) => name !== setupJobOf(release) || state === 'complete');
}

/** Name of the Job that sets a revision up. */
export function setupJobOf({ revision }: ObservedRelease): string {
  return `setup-${revision}`;
}

/** This very revision's pages were seen to work. */
export function isVerified(store: StoreState, { release }: StoreView): boolean {
  return release !== undefined && store.verifiedRevision === release.revision;
}
