/** Sets the defaults that the API server sets when it stores an object. */
import { createHash } from 'node:crypto';
import type { PodSpec } from 'kubernetes-types/core/v1.js';
import type { KubeObject, Plural, ResourceMap } from '../../objects.ts';
import { resourceTypeOfKind } from '../resource-types.ts';
import type { Admission } from '../../storage/registry.ts';
import { cloneJson } from '../../storage/json.ts';

type Defaulter<P extends Plural> = (draft: ResourceMap[P], previous: ResourceMap[P] | undefined) => void;

const DEFAULTERS: { [P in Plural]?: Defaulter<P> } = {
  namespaces(draft, previous) {
    draft.metadata.labels = { ...draft.metadata.labels, 'kubernetes.io/metadata.name': draft.metadata.name };
    if (previous) return;
    draft.spec = { finalizers: ['kubernetes'] };
    draft.status = { phase: 'Active' };
  },
  pods(draft, previous) {
    if (!draft.spec) return;
    defaultPodSpec(draft.spec);
    // kubectl debug reads this without checking that it exists.
    draft.spec.securityContext ??= {};
    if (!previous) draft.status = { phase: 'Pending', qosClass: 'Burstable' };
  },
  deployments(draft) {
    if (!draft.spec) return;
    draft.spec.replicas ??= 1;
    draft.spec.revisionHistoryLimit ??= 10;
    draft.spec.progressDeadlineSeconds ??= 600;
    if (!draft.spec.strategy?.type) draft.spec.strategy = { ...draft.spec.strategy, type: 'RollingUpdate' };
    if (draft.spec.template.spec) defaultPodSpec(draft.spec.template.spec);
  },
  statefulsets(draft) {
    if (!draft.spec) return;
    draft.spec.replicas ??= 1;
    draft.spec.podManagementPolicy ??= 'OrderedReady';
    draft.spec.updateStrategy ??= { type: 'RollingUpdate' };
    if (draft.spec.template.spec) defaultPodSpec(draft.spec.template.spec);
  },
  jobs(draft) {
    if (!draft.spec) return;
    draft.spec.backoffLimit ??= 6;
    draft.spec.completions ??= 1;
    draft.spec.parallelism ??= 1;
    draft.spec.selector ??= { matchLabels: { 'batch.kubernetes.io/controller-uid': draft.metadata.uid } };
    if (draft.spec.template.spec) defaultPodSpec(draft.spec.template.spec);
  },
  services(draft) {
    if (!draft.spec) return;
    draft.spec.type ??= 'ClusterIP';
    draft.spec.clusterIP ??= serviceAddress(draft.metadata.uid);
    for (const port of draft.spec.ports ?? []) {
      port.protocol ??= 'TCP';
      port.targetPort ??= port.port;
    }
  },
  secrets(draft) {
    draft.type ??= 'Opaque';
    const { stringData } = draft;
    if (!stringData) return;
    const plain = Object.entries(stringData).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
    draft.data = { ...draft.data, ...Object.fromEntries(plain) };
    // Secrets are stored without it.
    delete (draft as Partial<typeof draft>).stringData;
  },
  persistentvolumeclaims(draft, previous) {
    if (previous) return;
    draft.metadata.finalizers = [...new Set([...(draft.metadata.finalizers ?? []), 'kubernetes.io/pvc-protection'])];
    draft.status = { phase: 'Pending' };
    if (draft.spec) draft.spec.volumeMode ??= 'Filesystem';
  },
};

export const applyDefaults: Admission = (object, previous) => {
  const plural = resourceTypeOfKind(object.kind)?.plural;
  // The plural says which kind the object is.
  const defaulter = plural && (DEFAULTERS[plural] as ((draft: KubeObject, previous?: KubeObject) => void) | undefined);
  if (!defaulter) return object;
  const draft = cloneJson(object);
  defaulter(draft, previous);
  return draft;
};

/** Names the default StorageClass on claims that name none. */
export const defaultStorageClass: Admission = (object, previous, registry) => {
  if (object.kind !== 'PersistentVolumeClaim' || previous) return object;
  // The plural says which kind it is.
  const spec = (object as ResourceMap['persistentvolumeclaims']).spec ?? {};
  if (spec.storageClassName !== undefined) return object;
  const fallback = registry.store
    .list('storageclasses')
    .find((item) => item.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true');
  return fallback ? { ...object, spec: { ...spec, storageClassName: fallback.metadata.name } } : object;
};

function defaultPodSpec(spec: PodSpec): void {
  spec.restartPolicy ??= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.schedulerName ??= 'default-scheduler';
  spec.serviceAccountName ??= 'default';
  for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
    container.imagePullPolicy ??= /:latest$|^[^:]*$/.test(container.image ?? '') ? 'Always' : 'IfNotPresent';
    for (const port of container.ports ?? []) port.protocol ??= 'TCP';
  }
}

/** An address of 10.96.0.0/12, the same for the same Service. */
function serviceAddress(uid: string): string {
  const [a = 0, b = 0] = createHash('sha256').update(uid).digest();
  return `10.96.${a}.${b === 0 ? 1 : b}`;
}
