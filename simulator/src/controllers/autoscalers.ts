/** Reports in a HorizontalPodAutoscaler's status that nothing scales by it. */
import { NOTHING_SCALES } from '../apiserver/resource-types.ts';
import type { Controller } from './controller.ts';

export const autoscalerController: Controller = {
  plural: 'horizontalpodautoscalers',
  reconcile({ namespace, name }, { registry, store, clock }) {
    const found = store.get('horizontalpodautoscalers', namespace, name);
    if (!found || found.status?.conditions) return;
    registry.patch({ plural: 'horizontalpodautoscalers', namespace, name }, (draft) => {
      const condition = { type: 'ScalingActive', status: 'False', reason: 'NotSupported', message: NOTHING_SCALES };
      draft.status = {
        currentReplicas: 0,
        desiredReplicas: 0,
        conditions: [{ ...condition, lastTransitionTime: clock.timestamp() }],
      };
    });
  },
};
