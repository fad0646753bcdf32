/**
 * Deletes pods that can't start after an upgrade: a StatefulSet never replaces a pod that is not ready, and other
 * controllers wait out a backoff of up to five minutes. Running pods stay: killing a database during its first
 * initialization corrupts it for good.
 */
import type { ObservedPod } from '../../../domain/observation.ts';
import type { ActionContext, ActionTarget } from './action-context.ts';

const STUCK = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CreateContainerConfigError',
  'CreateContainerError',
  'CrashLoopBackOff',
]);

export async function deleteStuckPods({ cluster }: ActionContext, { view, signal }: ActionTarget): Promise<void> {
  await Promise.all(view.pods.filter(isStuck).map((pod) => cluster.deletePod(pod, signal)));
}

/** The pod is unscheduled, or one of its containers can't start. */
function isStuck({ component, terminating, unschedulable, containers }: ObservedPod): boolean {
  // A task's pod belongs to a Job of the previous revision, which helm has just deleted.
  if (terminating || component === 'setup' || component === 'cron') return false;
  return unschedulable !== undefined || containers.some(({ waiting }) => waiting && STUCK.has(waiting.reason));
}
