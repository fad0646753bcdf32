/**
 * Restarts the pods of one component by a rollout, which neither helm nor the setup takes part in. A rollout of a
 * StatefulSet waits for ever for a pod that is not ready, so such a pod is deleted.
 */
import type { Restart } from '../../../domain/restarts.ts';
import { crashPoint } from '../../../kit/crash-points.ts';
import type { ActionContext, ActionTarget } from './action-context.ts';
import { deleteStuckPods } from './delete-stuck-pods.ts';

/** True if this began the rollout. Throws ClusterError. */
export async function restart(context: ActionContext, target: ActionTarget, { component, at }: Restart) {
  const { store, view, signal } = target;
  const { namespace } = store;
  let began = false;
  for (const { kind, name } of view.workloads.filter((workload) => workload.component === component)) {
    began = (await context.cluster.restartPods({ namespace, kind, name, at }, signal)) || began;
    crashPoint('pods-restarted');
    const pods = view.pods.filter((pod) => pod.component === component);
    await deleteStuckPods(context, { ...target, view: { ...view, pods } });
    // A database that was never Ready may still be initializing, which a kill would corrupt.
    if (kind !== 'StatefulSet' || store.readyAt === undefined) continue;
    for (const pod of pods.filter(({ ready, terminating }) => !ready && !terminating))
      await context.cluster.deletePod(pod, signal);
  }
  return began;
}
