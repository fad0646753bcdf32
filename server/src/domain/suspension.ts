/**
 * A suspended store has no pods. WordPress and its tasks stop first, so that the database ends when nobody uses it; both
 * start together. The cluster alone tells how far that is. Pure.
 */
import { type Engine, isTask } from '@shopyard/engines';
import type { StoreObservation } from './observation.ts';
import type { StoreRecord } from './store.ts';

/** `shop`: everything but the database. */
export type Part = 'shop' | 'database';

type Spec = Pick<StoreRecord, 'desired' | 'resumedAt' | 'sighting'>;

/** What to stop now; `undefined` while its pods end, and once nothing is left. */
export function nextToStop({ workloads, jobs, pods }: StoreObservation, engine: Engine): Part | undefined {
  const database = new Set(engine.components.filter(({ role }) => role === 'database').map(({ name }) => name));
  const isUp = (part: Part): boolean =>
    workloads.some(({ component, desired }) => desired > 0 && database.has(component) === (part === 'database'));
  if (isUp('shop') || jobs.some(({ component }) => isTask(engine, component))) return 'shop';
  if (pods.some((pod) => isAlive(pod) && !database.has(pod.component))) return undefined;
  return isUp('database') ? 'database' : undefined;
}

/** Nothing of the store runs or is about to. */
export function isStopped({ workloads, pods }: StoreObservation): boolean {
  return workloads.every(({ desired }) => desired === 0) && !pods.some(isAlive);
}

/** It was resumed, and its shop was not seen to work since. */
export function isResuming({ desired, resumedAt, sighting }: Spec): boolean {
  return desired === 'present' && resumedAt !== undefined && !(sighting?.at !== undefined && sighting.at >= resumedAt);
}

/** Workloads that a store that is present must not leave at zero. */
export function isAsleep({ workloads }: StoreObservation): boolean {
  return workloads.some(({ desired }) => desired === 0);
}

const isAlive = ({ phase }: { phase: string }): boolean => phase !== 'Succeeded' && phase !== 'Failed';
