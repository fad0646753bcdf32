/** Projects API objects to the fields we keep. */
import type {
  V1ContainerStatus,
  V1Deployment,
  V1Job,
  V1Namespace,
  V1PersistentVolumeClaim,
  V1Pod,
  V1StatefulSet,
} from '@kubernetes/client-node';
import { parseProfile } from '@shopyard/contracts';
import {
  ADDRESS_LABEL,
  COMPONENT_LABEL,
  DESIRED_ANNOTATION,
  GENERATION_ANNOTATION,
  GENERATION_LABEL,
  INSTALLATION_LABEL,
  PROFILE_ANNOTATION,
  RESTARTED_AT_ANNOTATION,
  STORE_ID_LABEL,
  WAITING_ANNOTATION,
} from '../domain/labels.ts';
import { parseDesired } from '../domain/desired.ts';
import { parseWaiting } from '../domain/operations.ts';
import { isOfKubernetes } from './finalizers.ts';
import { toPodLoad } from './pod-load.ts';
import type {
  ObservedClaim,
  ObservedContainer,
  ObservedJob,
  ObservedNamespace,
  ObservedObject,
  ObservedPod,
  ObservedRelease,
  ObservedWarning,
  ObservedWorkload,
} from '../domain/observation.ts';
import type { KubeMeta, KubeObject } from '../kube/objects.ts';

/** The library types dates as Date, but the JSON has text; our own type covers the metadata. */
type Raw<T> = Omit<T, 'metadata'> & KubeObject;

const owner = ({ labels, namespace = '', name }: KubeMeta): { storeId: string; namespace: string; name: string } => ({
  storeId: labels?.[STORE_ID_LABEL] ?? '',
  namespace,
  name,
});
const component = (metadata: KubeMeta): string => metadata.labels?.[COMPONENT_LABEL] ?? '';

export function projectNamespace({ metadata, status }: Raw<V1Namespace>): ObservedNamespace {
  const held = (status?.conditions ?? []).filter((condition) => condition.status === 'True');
  return {
    name: metadata.name,
    storeId: owner(metadata).storeId,
    installation: metadata.labels?.[INSTALLATION_LABEL],
    uid: metadata.uid,
    profile: parseProfile(metadata.annotations?.[PROFILE_ANNOTATION] ?? '{}'),
    desired: parseDesired(metadata.annotations?.[DESIRED_ANNOTATION]),
    generation: Number(metadata.annotations?.[GENERATION_ANNOTATION]) || 1,
    waiting: parseWaiting(metadata.annotations?.[WAITING_ANNOTATION])?.id,
    terminating: metadata.deletionTimestamp !== undefined,
    remaining: [...held.map((condition) => condition.message ?? ''), ...ownFinalizers(metadata)],
  };
}

/** The API server does not report finalizers on the namespace itself. */
function ownFinalizers({ deletionTimestamp, finalizers = [] }: KubeMeta): string[] {
  const foreign = finalizers.filter((finalizer) => !isOfKubernetes(finalizer));
  if (deletionTimestamp === undefined || foreign.length === 0) return [];
  return [`The namespace itself has finalizers: ${foreign.join(', ')}.`];
}

export function projectRelease({ metadata }: KubeObject): ObservedRelease {
  const labels = metadata.labels ?? {};
  return {
    ...owner(metadata),
    name: labels['name'] ?? '',
    revision: Number(labels['version'] ?? 0),
    status: labels['status'] ?? 'unknown',
    generation: Number(labels[GENERATION_LABEL] ?? 0),
    address: labels[ADDRESS_LABEL] ?? '',
    at: Number(labels['modifiedAt'] ?? labels['createdAt'] ?? 0) * 1000,
  };
}

export function projectPod({ metadata, spec, status }: Raw<V1Pod>): ObservedPod {
  const load = toPodLoad({ ...(spec ? { spec } : {}), ...(status ? { status } : {}) });
  const condition = (type: string): { status: string; message?: string } | undefined =>
    status?.conditions?.find((candidate) => candidate.type === type);
  const scheduled = condition('PodScheduled');
  const statuses = (init: boolean, list: V1ContainerStatus[] | undefined): ObservedContainer[] =>
    (list ?? []).map((container) => projectContainer(container, init));
  return {
    ...owner(metadata),
    component: component(metadata),
    createdAt: metadata.creationTimestamp ?? '',
    phase: status?.phase ?? 'Pending',
    ready: condition('Ready')?.status === 'True',
    terminating: metadata.deletionTimestamp !== undefined,
    ...(scheduled?.status === 'False' && !spec?.nodeName ? { unschedulable: scheduled.message ?? '' } : {}),
    ...(load ? { load } : {}),
    containers: [...statuses(true, status?.initContainerStatuses), ...statuses(false, status?.containerStatuses)],
  };
}

function projectContainer(status: V1ContainerStatus, init: boolean): ObservedContainer {
  const { waiting } = status.state ?? {};
  const terminated = status.state?.terminated ?? status.lastState?.terminated;
  return {
    name: status.name,
    init,
    state: status.state?.running ? 'running' : status.state?.terminated ? 'terminated' : 'waiting',
    ready: status.ready,
    ...(status.started ? { started: true } : {}),
    restarts: status.restartCount,
    ...(waiting ? { waiting: { reason: waiting.reason ?? '', message: waiting.message ?? '' } } : {}),
    ...(terminated
      ? {
          terminated: {
            reason: terminated.reason ?? '',
            exitCode: terminated.exitCode,
            message: terminated.message ?? '',
          },
        }
      : {}),
  };
}

/** `generation` counts changes of the spec. */
const generationOf = ({ generation }: KubeMeta): number => generation ?? 0;

export function projectDeployment({ metadata, spec, status }: Raw<V1Deployment>): ObservedWorkload {
  const desired = spec?.replicas ?? 1;
  const updated = (status?.updatedReplicas ?? 0) >= desired;
  return workload('Deployment', metadata, { desired, updated, status, template: spec?.template });
}

export function projectStatefulSet({ metadata, spec, status }: Raw<V1StatefulSet>): ObservedWorkload {
  const desired = spec?.replicas ?? 1;
  const updated = status?.updateRevision === status?.currentRevision || (status?.updatedReplicas ?? 0) >= desired;
  return workload('StatefulSet', metadata, { desired, updated, status, template: spec?.template });
}

function workload(
  kind: ObservedWorkload['kind'],
  metadata: KubeMeta,
  state: {
    desired: number;
    updated: boolean;
    status: { observedGeneration?: number; readyReplicas?: number } | undefined;
    template: { metadata?: { annotations?: Record<string, string> } } | undefined;
  },
): ObservedWorkload {
  const { desired, updated, status, template } = state;
  const current = status?.observedGeneration === metadata.generation;
  const ready = current && updated && (status?.readyReplicas ?? 0) >= desired;
  const restartedAt = template?.metadata?.annotations?.[RESTARTED_AT_ANNOTATION];
  return {
    ...projectObject(kind)({ metadata }),
    kind,
    component: component(metadata),
    desired,
    ready,
    ...(restartedAt === undefined ? {} : { restartedAt }),
  };
}

/** These kinds have no generation, but nothing changes them in the background either. */
const VERSIONED_BY_RESOURCE_VERSION = new Set(['ConfigMap', 'Secret', 'Service', 'RoleBinding']);

export function projectObject(kind: string): (object: KubeObject) => ObservedObject {
  return ({ metadata }) => {
    const generation = generationOf(metadata);
    const version =
      generation > 0 ? String(generation) : VERSIONED_BY_RESOURCE_VERSION.has(kind) ? metadata.resourceVersion : '';
    return { ...owner(metadata), kind, uid: metadata.uid, version };
  };
}

export function projectJob({ metadata, status }: Raw<V1Job>): ObservedJob {
  const holds = (type: string): { message?: string } | undefined =>
    status?.conditions?.find((condition) => condition.type === type && condition.status === 'True');
  // FailureTarget appears first and is never withdrawn.
  const failed = holds('Failed') ?? holds('FailureTarget');
  return {
    ...owner(metadata),
    component: component(metadata),
    state: holds('Complete') ? 'complete' : failed ? 'failed' : 'running',
    message: failed?.message ?? '',
  };
}

export function projectClaim({ metadata, spec, status }: Raw<V1PersistentVolumeClaim>): ObservedClaim {
  return {
    ...projectObject('PersistentVolumeClaim')({ metadata }),
    phase: status?.phase ?? 'Pending',
    capacity: (status?.capacity ?? spec?.resources?.requests)?.['storage'],
    terminating: metadata.deletionTimestamp !== undefined,
  };
}

interface RawEvent extends KubeObject {
  involvedObject?: { kind?: string; name?: string; namespace?: string };
  reason?: string;
  message?: string;
  lastTimestamp?: string | null;
  eventTime?: string | null;
}

export function projectWarning(event: RawEvent): ObservedWarning {
  return {
    namespace: event.involvedObject?.namespace ?? event.metadata.namespace ?? '',
    kind: event.involvedObject?.kind ?? '',
    object: event.involvedObject?.name ?? '',
    reason: event.reason ?? '',
    message: event.message ?? '',
    at: event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '',
  };
}
