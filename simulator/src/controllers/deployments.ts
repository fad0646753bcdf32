/** Rolls a Deployment out to its latest template: all at once (`Recreate`), or new pods before old ones. */
import type { DeploymentCondition } from 'kubernetes-types/apps/v1.js';
import type { KubeObject, ResourceMap } from '../objects.ts';
import { type Controller, type ControllerContext, controllerOf, isOwnedBy, ownerKey } from './controller.ts';
import { templateHash } from './pod-template.ts';
import { cloneJson } from '../storage/json.ts';

type Deployment = ResourceMap['deployments'];
type ReplicaSet = ResourceMap['replicasets'];

export const deploymentController: Controller = {
  plural: 'deployments',
  *keysFor(event, store) {
    if (event.plural === 'replicasets') yield* ownerKey(event.object, 'Deployment');
    // `Recreate` waits until the last old pod is gone.
    if (event.plural !== 'pods' || event.type !== 'DELETED') return;
    const { namespace = '' } = event.object.metadata;
    for (const key of ownerKey(event.object, 'ReplicaSet')) {
      const set = store.get('replicasets', namespace, key.slice(namespace.length + 1));
      if (set) yield* ownerKey(set, 'Deployment');
    }
  },
  reconcile({ namespace, name }, context) {
    const { store } = context;
    const deployment = store.get('deployments', namespace, name);
    if (!deployment?.spec || deployment.metadata.deletionTimestamp) return;
    const sets = store.list('replicasets', namespace).filter((set) => isOwnedBy(set, deployment));
    const hash = templateHash(deployment.spec.template);
    const current = sets.find((set) => set.metadata.labels?.['pod-template-hash'] === hash);
    const old = sets.filter((set) => set !== current);
    const wanted = deployment.spec.replicas ?? 1;

    const recreate = deployment.spec.strategy?.type === 'Recreate';
    const oldPods = old.reduce((sum, set) => sum + podCount(set, context), 0);
    if (recreate) old.forEach((set) => scale(set, 0, context));
    if (!recreate || oldPods === 0) {
      if (current) scale(current, wanted, context);
      else createReplicaSet(deployment, hash, context);
    }
    if (!recreate && (current?.status?.readyReplicas ?? 0) >= wanted) old.forEach((set) => scale(set, 0, context));
    writeStatus(deployment, { sets, current }, context);
  },
};

/** Pods that still exist, including terminating ones. */
function podCount(set: ReplicaSet, { store }: ControllerContext): number {
  const pods: KubeObject[] = store.list('pods', set.metadata.namespace ?? '');
  return pods.filter((pod) => isOwnedBy(pod, set)).length;
}

function scale(set: ReplicaSet, replicas: number, { registry }: ControllerContext): void {
  if (set.spec?.replicas === replicas) return;
  registry.patch(
    { plural: 'replicasets', namespace: set.metadata.namespace ?? '', name: set.metadata.name },
    (draft) => {
      if (draft.spec) draft.spec.replicas = replicas;
    },
  );
}

function createReplicaSet(deployment: Deployment, hash: string, { registry, events }: ControllerContext): void {
  const { name, namespace = '' } = deployment.metadata;
  const template = cloneJson(deployment.spec?.template ?? {});
  const labels = { ...template.metadata?.labels, 'pod-template-hash': hash };
  const replicas = deployment.spec?.replicas ?? 1;
  const set = registry.create(
    { plural: 'replicasets', namespace },
    {
      metadata: { name: `${name}-${hash}`, labels, ownerReferences: [controllerOf(deployment)] },
      spec: {
        replicas,
        selector: { matchLabels: { ...deployment.spec?.selector.matchLabels, 'pod-template-hash': hash } },
        template: { ...template, metadata: { ...template.metadata, labels } },
      },
    },
  );
  events.record(deployment, {
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled up replica set ${set.metadata.name} from 0 to ${replicas}`,
    from: 'deployment-controller',
  });
}

interface Sets {
  sets: readonly ReplicaSet[];
  current: ReplicaSet | undefined;
}

function writeStatus(deployment: Deployment, { sets, current }: Sets, { registry, clock }: ControllerContext): void {
  const { name, namespace = '', generation } = deployment.metadata;
  const wanted = deployment.spec?.replicas ?? 1;
  const ready = sets.reduce((sum, set) => sum + (set.status?.readyReplicas ?? 0), 0);
  const available = ready >= wanted;
  const complete = (current?.status?.readyReplicas ?? 0) >= wanted;
  const refused = current?.status?.conditions?.find((condition) => condition.type === 'ReplicaFailure');
  const conditions: Omit<DeploymentCondition, 'lastTransitionTime' | 'lastUpdateTime'>[] = [
    available
      ? {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
        }
      : {
          type: 'Available',
          status: 'False',
          reason: 'MinimumReplicasUnavailable',
          message: 'Deployment does not have minimum availability.',
        },
    complete
      ? {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          message: `ReplicaSet "${current?.metadata.name ?? ''}" has successfully progressed.`,
        }
      : {
          type: 'Progressing',
          status: 'True',
          reason: 'ReplicaSetUpdated',
          message: `ReplicaSet "${current?.metadata.name ?? ''}" is progressing.`,
        },
    ...(refused
      ? [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: refused.message ?? '' }]
      : []),
  ];
  registry.patch({ plural: 'deployments', namespace, name }, (draft) => {
    const before = draft.status?.conditions ?? [];
    const now = clock.timestamp();
    draft.status = {
      observedGeneration: generation ?? 1,
      replicas: sets.reduce((sum, set) => sum + (set.status?.replicas ?? 0), 0),
      updatedReplicas: current?.status?.replicas ?? 0,
      readyReplicas: ready,
      availableReplicas: ready,
      unavailableReplicas: Math.max(0, wanted - ready),
      conditions: conditions.map((condition) => {
        const same = before.find(
          ({ type, status, reason }) =>
            type === condition.type && status === condition.status && reason === condition.reason,
        );
        return (
          same ??
          Object.assign(condition, {
            lastTransitionTime: now,
            lastUpdateTime: now,
          })
        );
      }),
    };
  });
}
