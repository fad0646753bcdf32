/** Keeps a ReplicaSet at its desired number of pods. */
import type { ReplicaSetCondition } from 'kubernetes-types/apps/v1.js';
import { type Controller, isOwnedBy, ownerKey } from './controller.ts';
import { createPod, isActive, isReady, podRef } from './pod-template.ts';

export const replicaSetController: Controller = {
  plural: 'replicasets',
  keysFor: (event) => (event.plural === 'pods' ? ownerKey(event.object, 'ReplicaSet') : []),
  reconcile({ namespace, name }, context) {
    const { registry, store, clock } = context;
    const set = store.get('replicasets', namespace, name);
    if (!set?.spec || set.metadata.deletionTimestamp) return;
    const pods = store.list('pods', namespace).filter((pod) => isOwnedBy(pod, set) && isActive(pod));
    const wanted = set.spec.replicas ?? 1;
    let refused = false;
    for (let missing = wanted - pods.length; missing > 0 && !refused; missing--) {
      refused =
        !set.spec.template || !createPod(set, { template: set.spec.template, generateName: `${name}-` }, context);
    }
    // Deletes unready pods first, like the real controller.
    const spare = pods
      .toSorted((a, b) => Number(isReady(a)) - Number(isReady(b)))
      .slice(0, Math.max(0, pods.length - wanted));
    for (const pod of spare) registry.delete(podRef(pod));
    if (refused) context.requeueAfter(5000);

    const ready = pods.filter(isReady).length;
    const failure: ReplicaSetCondition[] = refused
      ? [
          {
            type: 'ReplicaFailure',
            status: 'True',
            reason: 'FailedCreate',
            message: 'the pod was refused, see events',
            lastTransitionTime: clock.timestamp(),
          },
        ]
      : [];
    registry.patch({ plural: 'replicasets', namespace, name }, (draft) => {
      const known = draft.status?.conditions?.length === failure.length ? draft.status.conditions : failure;
      draft.status = {
        replicas: pods.length,
        fullyLabeledReplicas: pods.length,
        readyReplicas: ready,
        availableReplicas: ready,
        observedGeneration: set.metadata.generation ?? 1,
        ...(known.length > 0 ? { conditions: known } : {}),
      };
    });
  },
};
