/** For the tests of causes: a store's view from the lists of an API server, by plural. */
import type { StoreObservation } from '../observation.ts';
import {
  projectClaim,
  projectDeployment,
  projectJob,
  projectPod,
  projectStatefulSet,
  projectWarning,
} from '../../cluster/project.ts';

export function viewOfLists(lists: Record<string, never[]>): StoreObservation {
  const all = (plural: string): never[] => lists[plural] ?? [];
  return {
    namespace: undefined,
    release: undefined,
    pods: all('pods').map(projectPod),
    workloads: [...all('deployments').map(projectDeployment), ...all('statefulsets').map(projectStatefulSet)],
    jobs: all('jobs').map(projectJob),
    claims: all('persistentvolumeclaims').map(projectClaim),
    objects: [],
    warnings: all('events').map(projectWarning),
  };
}
