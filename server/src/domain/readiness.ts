/** Whether a store's release, workloads and shop are as its spec wants them. Pure. */
import { type Engine, runsOnce } from '@shopyard/engines';
import { addressLabelOf } from './labels.ts';
import type { ObservedRelease, StoreObservation } from './observation.ts';
import type { StoreRecord } from './store.ts';

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
  return workloads.length > 0 && workloads.every(({ ready, desired }) => ready && desired > 0) && isSetUp(view, engine);
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
