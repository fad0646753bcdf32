/**
 * Which objects with a store's labels are really the store's. Anybody may copy an object with all of its labels, or run a
 * canary beside it; that must neither fail the store nor count for it. Pure.
 */
import type { StoreObservation } from './observation.ts';

/** The claims that a store's pods mount. */
export const CLAIMS = { wordpress: 'wordpress-content', mariadb: 'data-mariadb-0' } as const;
const CLAIM_NAMES: ReadonlySet<string> = new Set(Object.values(CLAIMS));
const WORKLOADS: ReadonlySet<string> = new Set(['Deployment/wordpress', 'StatefulSet/mariadb']);
/** Names that the controllers give to pods of the chart's workloads and Jobs. */
const POD = /^(wordpress-[a-z0-9]+-[a-z0-9]+|mariadb-\d+|setup-\d+-[a-z0-9]+|cron-\d+-[a-z0-9]+)$/;
const SETUP_JOB = /^setup-\d+$/;

export const isOwnClaim = (name: string): boolean => CLAIM_NAMES.has(name);

/** True for a setup Job that some revision of the release created. */
export const isSetupJob = (name: string): boolean => SETUP_JOB.test(name);

type Parts = Pick<StoreObservation, 'pods' | 'workloads' | 'jobs' | 'claims'>;

export function ownParts({ pods, workloads, jobs, claims }: Parts): Parts {
  return {
    pods: pods.filter(({ name }) => POD.test(name)),
    workloads: workloads.filter(({ kind, name }) => WORKLOADS.has(`${kind}/${name}`)),
    jobs: jobs.filter(({ name, component }) => component !== 'setup' || isSetupJob(name)),
    claims: claims.filter(({ name }) => isOwnClaim(name)),
  };
}
