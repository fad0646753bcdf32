/**
 * Which objects with a store's labels are really the store's. Anybody may copy an object with all of its labels, or run a
 * canary beside it; that must neither fail the store nor count for it. Pure.
 */
import { type Component, type Engine, runsOnce } from '@shopyard/engines';
import type { StoreObservation } from './observation.ts';

/** Rests of the names that the controllers give to pods of a component, after the component's own. */
const POD_SUFFIX: Record<Component['kind'], string> = {
  Deployment: '-[a-z0-9]+-[a-z0-9]+',
  StatefulSet: String.raw`-\d+`,
  Job: String.raw`-\d+-[a-z0-9]+`,
  CronJob: String.raw`-\d+-[a-z0-9]+`,
};

export function isOwnClaim({ components }: Engine, name: string): boolean {
  return components.some(({ claim }) => claim === name);
}

/** True for a Job of this component that some revision of the release created. */
export function isRevisionJob({ name, component }: { name: string; component: string }): boolean {
  return name.startsWith(`${component}-`) && /^\d+$/.test(name.slice(component.length + 1));
}

type Parts = Pick<StoreObservation, 'pods' | 'workloads' | 'jobs' | 'claims'>;

/** A filter for the parts of the engine's stores. */
export function createPartsFilter(engine: Engine): (parts: Parts) => Parts {
  const workloads = new Set(engine.components.map(({ kind, name }) => `${kind}/${name}`));
  const pod = new RegExp(`^(${engine.components.map(({ kind, name }) => name + POD_SUFFIX[kind]).join('|')})$`);
  return (parts) => ({
    pods: parts.pods.filter(({ name }) => pod.test(name)),
    workloads: parts.workloads.filter(({ kind, name }) => workloads.has(`${kind}/${name}`)),
    jobs: parts.jobs.filter((job) => !runsOnce(engine, job.component) || isRevisionJob(job)),
    claims: parts.claims.filter(({ name }) => isOwnClaim(engine, name)),
  });
}
