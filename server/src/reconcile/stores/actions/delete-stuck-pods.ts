/**
 * Deletes pods that can't start after an upgrade: a StatefulSet never replaces a pod that is not ready, and other
 * controllers wait out a backoff of up to five minutes. Running pods stay: killing a database during its first
 * initialization corrupts it for good.
 */
import { isTask } from '@shopyard/engines';
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

export async function deleteStuckPods(
  { cluster }: ActionContext,
  { engine, view, signal }: ActionTarget,
): Promise<void> {
  // A task's pod belongs to a Job of the previous revision, which helm has just deleted.
  const pods = view.pods.filter(({ component }) => !isTask(engine, component));
  await Promise.all(pods.filter(isStuck).map((pod) => cluster.deletePod(pod, signal)));
}

/** The pod is unscheduled, or one of its containers can't start. */
function isStuck({ terminating, unschedulable, containers }: ObservedPod): boolean {
  if (terminating) return false;
  return unschedulable !== undefined || containers.some(({ waiting }) => waiting && STUCK.has(waiting.reason));
}
