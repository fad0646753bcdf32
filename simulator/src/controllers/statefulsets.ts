/** Keeps numbered pods with their own claims, one after another, and replaces those with an old template. */
import type { ResourceMap } from '../objects.ts';
import { ApiError } from '../apiserver/api-error.ts';
import { type Controller, type ControllerContext, isOwnedBy, ownerKey } from './controller.ts';
import { createPod, isReady, type Pod, podRef, templateHash } from './pod-template.ts';
import { cloneJson } from '../storage/json.ts';

type StatefulSet = ResourceMap['statefulsets'];

const REVISION = 'controller-revision-hash';

export const statefulSetController: Controller = {
  plural: 'statefulsets',
  *keysFor(event) {
    if (event.plural === 'pods') yield* ownerKey(event.object, 'StatefulSet');
    // A pod may be waiting for a deleted claim.
    if (event.plural !== 'persistentvolumeclaims' || event.type !== 'DELETED') return;
    const { namespace = '', name } = event.object.metadata;
    const set = /^[^-]+-(.+)-\d+$/.exec(name)?.[1];
    if (set) yield `${namespace}/${set}`;
  },
  reconcile({ namespace, name }, context) {
    const { store, registry } = context;
    const set = store.get('statefulsets', namespace, name);
    if (!set?.spec || set.metadata.deletionTimestamp) return;
    const pods = store.list('pods', namespace).filter((pod) => isOwnedBy(pod, set));
    const revision = `${name}-${templateHash(set.spec.template)}`;
    const wanted = set.spec.replicas ?? 1;
    advance({ set, pods, wanted, revision }, context);

    const ready = pods.filter(isReady);
    const updated = pods.filter((pod) => pod.metadata.labels?.[REVISION] === revision);
    registry.patch({ plural: 'statefulsets', namespace, name }, (draft) => {
      draft.status = {
        observedGeneration: set.metadata.generation ?? 1,
        replicas: pods.length,
        readyReplicas: ready.length,
        availableReplicas: ready.length,
        currentReplicas: updated.length,
        updatedReplicas: updated.length,
        currentRevision: updated.length >= wanted ? revision : (draft.status?.currentRevision ?? revision),
        updateRevision: revision,
      };
    });
  },
};

interface State {
  set: StatefulSet;
  pods: readonly Pod[];
  wanted: number;
  revision: string;
}

/** One step: the first pod that is missing, finished, superfluous or outdated. */
function advance({ set, pods, wanted, revision }: State, context: ControllerContext): void {
  const { name } = set.metadata;
  const at = (ordinal: number): Pod | undefined => pods.find((pod) => pod.metadata.name === `${name}-${ordinal}`);
  for (let ordinal = 0; ordinal < wanted; ordinal++) {
    const pod = at(ordinal);
    if (!pod) return createOrdinal(set, { ordinal, revision }, context);
    if (pod.metadata.deletionTimestamp) return;
    const finished = pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';
    if (finished) return void context.registry.delete(podRef(pod));
    if (pod.status?.phase === 'Pending') ensureClaims(set, pod.metadata.name, context);
    // An unready pod blocks everything, including its own replacement: kubernetes/kubernetes#67250.
    if (!isReady(pod) && set.spec?.podManagementPolicy !== 'Parallel') return;
  }
  const outdated = pods.find((pod) => pod.metadata.labels?.[REVISION] !== revision);
  if (outdated) return void context.registry.delete(podRef(outdated));
  const ordinalOf = (pod: Pod): number => Number(pod.metadata.name.slice(name.length + 1));
  const spare = pods.filter((pod) => ordinalOf(pod) >= wanted && !pod.metadata.deletionTimestamp);
  const last = spare.toSorted((a, b) => ordinalOf(a) - ordinalOf(b)).at(-1);
  if (last) context.registry.delete(podRef(last));
}

function createOrdinal(set: StatefulSet, at: { ordinal: number; revision: string }, context: ControllerContext): void {
  const name = `${set.metadata.name}-${at.ordinal}`;
  const template = cloneJson(set.spec?.template ?? {});
  try {
    const claims = ensureClaims(set, name, context);
    const own = new Set(claims.map((volume) => volume.name));
    const volumes = (template.spec?.volumes ?? []).filter((volume) => !own.has(volume.name));
    if (template.spec) template.spec.volumes = [...volumes, ...claims];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const message = `create Claim for Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${error.message}`;
    context.events.record(set, { type: 'Warning', reason: 'FailedCreate', message, from: 'statefulset-controller' });
    return context.requeueAfter(5000);
  }
  const labels = {
    [REVISION]: at.revision,
    'statefulset.kubernetes.io/pod-name': name,
    'apps.kubernetes.io/pod-index': String(at.ordinal),
  };
  if (!createPod(set, { template, name, labels }, context)) context.requeueAfter(5000);
}

/** The pod's volumes, each with its claim; creates missing claims. */
function ensureClaims(
  set: StatefulSet,
  pod: string,
  context: ControllerContext,
): { name: string; persistentVolumeClaim: { claimName: string } }[] {
  return (set.spec?.volumeClaimTemplates ?? []).map((claim) => {
    const base = claim.metadata?.name ?? 'data';
    ensureClaim(set, { name: `${base}-${pod}`, template: claim }, context);
    return { name: base, persistentVolumeClaim: { claimName: `${base}-${pod}` } };
  });
}

type ClaimTemplate = NonNullable<NonNullable<StatefulSet['spec']>['volumeClaimTemplates']>[number];

function ensureClaim(
  set: StatefulSet,
  { name, template }: { name: string; template: ClaimTemplate },
  { registry, store }: ControllerContext,
): void {
  const { namespace = '' } = set.metadata;
  if (store.get('persistentvolumeclaims', namespace, name)) return;
  registry.create(
    { plural: 'persistentvolumeclaims', namespace },
    {
      metadata: { name, labels: { ...set.spec?.selector.matchLabels, ...template.metadata?.labels } },
      spec: cloneJson(template.spec),
    },
  );
}
