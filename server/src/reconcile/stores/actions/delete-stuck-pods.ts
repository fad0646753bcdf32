/**
 * After an upgrade, pods that can't start are deleted: a StatefulSet never replaces one that is not ready, and all
 * others wait out a back-off of up to five minutes. One that runs is left alone: a database killed while it is set up
 * for the first time is broken for good.
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

/** Has no node, or a container that can't start. */
function isStuck({ component, terminating, unschedulable, containers }: ObservedPod): boolean {
  // A task's pod belongs to a Job of the revision before, which helm has just removed.
  if (terminating || component === 'setup' || component === 'cron') return false;
  return unschedulable !== undefined || containers.some(({ waiting }) => waiting && STUCK.has(waiting.reason));
}
