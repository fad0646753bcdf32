/** The kinds the API server offers, in one table: discovery, routing and OpenAPI all read it. */
import type { Plural } from '../objects.ts';

export interface ResourceType {
  group: string;
  version: string;
  plural: Plural;
  kind: string;
  namespaced: boolean;
  shortNames?: readonly string[];
  categories?: readonly string[];
  subresources?: readonly string[];
  /** A PUT must name the version it replaces. */
  versionRequired?: boolean;
  /** Why objects of this kind can't be created. */
  refusal?: string;
  /** Warning for clients that create one. */
  warning?: string;
}

/** A kind as discovery lists it. */
export interface ListedType extends Omit<ResourceType, 'plural'> {
  plural: string;
  /** Defaults to all verbs. */
  verbs?: readonly string[];
}

export const NOTHING_SCALES = 'the embedded cluster keeps HorizontalPodAutoscalers, and scales nothing by them';

const all = ['all'];
const status = ['status'];
const scalable = ['status', 'scale'];

export const RESOURCE_TYPES: readonly ResourceType[] = [
  core('namespaces', 'Namespace', { namespaced: false, shortNames: ['ns'], subresources: ['status', 'finalize'] }),
  core('nodes', 'Node', { namespaced: false, shortNames: ['no'], subresources: status }),
  core('persistentvolumes', 'PersistentVolume', { namespaced: false, shortNames: ['pv'], subresources: status }),
  core('pods', 'Pod', { shortNames: ['po'], categories: all, subresources: ['status', 'log', 'proxy', 'portforward'] }),
  core('services', 'Service', { shortNames: ['svc'], categories: all, subresources: ['status', 'proxy'] }),
  core('secrets', 'Secret'),
  core('configmaps', 'ConfigMap', { shortNames: ['cm'] }),
  core('serviceaccounts', 'ServiceAccount', { shortNames: ['sa'] }),
  core('persistentvolumeclaims', 'PersistentVolumeClaim', { shortNames: ['pvc'], subresources: status }),
  core('resourcequotas', 'ResourceQuota', { shortNames: ['quota'], subresources: status }),
  core('limitranges', 'LimitRange', { shortNames: ['limits'] }),
  core('events', 'Event', { shortNames: ['ev'] }),
  type(
    { group: 'apps', plural: 'deployments', kind: 'Deployment' },
    { shortNames: ['deploy'], categories: all, subresources: scalable },
  ),
  type(
    { group: 'apps', plural: 'replicasets', kind: 'ReplicaSet' },
    { shortNames: ['rs'], categories: all, subresources: scalable },
  ),
  type(
    { group: 'apps', plural: 'statefulsets', kind: 'StatefulSet' },
    { shortNames: ['sts'], categories: all, subresources: scalable },
  ),
  type({ group: 'batch', plural: 'jobs', kind: 'Job' }, { categories: all, subresources: status }),
  type(
    { group: 'batch', plural: 'cronjobs', kind: 'CronJob' },
    { shortNames: ['cj'], categories: all, subresources: status },
  ),
  type(
    { group: 'networking.k8s.io', plural: 'ingresses', kind: 'Ingress' },
    { shortNames: ['ing'], subresources: status },
  ),
  type({ group: 'networking.k8s.io', plural: 'networkpolicies', kind: 'NetworkPolicy' }, { shortNames: ['netpol'] }),
  type(
    { group: 'storage.k8s.io', plural: 'storageclasses', kind: 'StorageClass' },
    { namespaced: false, shortNames: ['sc'] },
  ),
  type({ group: 'discovery.k8s.io', plural: 'endpointslices', kind: 'EndpointSlice' }),
  type({ group: 'coordination.k8s.io', plural: 'leases', kind: 'Lease' }, { versionRequired: true }),
  type(
    { group: 'autoscaling', plural: 'horizontalpodautoscalers', kind: 'HorizontalPodAutoscaler' },
    {
      version: 'v2',
      shortNames: ['hpa'],
      categories: all,
      subresources: status,
      warning: NOTHING_SCALES,
    },
  ),
  type(
    { group: 'apiextensions.k8s.io', plural: 'customresourcedefinitions', kind: 'CustomResourceDefinition' },
    {
      namespaced: false,
      shortNames: ['crd', 'crds'],
      subresources: status,
      refusal: 'the embedded cluster has no custom resources: use a real cluster for what needs them',
    },
  ),
];

/** Kinds that are served but never stored. */
const REVIEW_VERBS = { namespaced: false, verbs: ['create'] };
const METRICS_VERBS = { verbs: ['get', 'list'] };
export const LISTED_TYPES: readonly ListedType[] = [
  ...RESOURCE_TYPES,
  listed('authorization.k8s.io/v1', 'SelfSubjectAccessReview', REVIEW_VERBS),
  listed('authorization.k8s.io/v1', 'SelfSubjectRulesReview', REVIEW_VERBS),
  listed('authentication.k8s.io/v1', 'SelfSubjectReview', REVIEW_VERBS),
  listed('metrics.k8s.io/v1beta1', 'NodeMetrics', { ...METRICS_VERBS, plural: 'nodes', namespaced: false }),
  listed('metrics.k8s.io/v1beta1', 'PodMetrics', { ...METRICS_VERBS, plural: 'pods' }),
];

/** Every group with its version, starting with `''` (core). */
export const GROUP_VERSIONS = [...new Map(LISTED_TYPES.map((t) => [t.group, t.version]))].map(([group, version]) => ({
  group,
  version,
  groupVersion: groupVersion(group, version),
}));

const byPath = new Map(RESOURCE_TYPES.map((t) => [`${t.group}/${t.version}/${t.plural}`, t]));
const byPlural = new Map(RESOURCE_TYPES.map((t) => [t.plural, t]));
const byKind = new Map(RESOURCE_TYPES.map((t) => [t.kind, t]));

export function findResourceType(group: string, version: string, plural: string): ResourceType | undefined {
  return byPath.get(`${group}/${version}/${plural}`);
}

/** The type stored under this plural. Every `Plural` has one. */
export function resourceType(plural: Plural): ResourceType {
  const found = byPlural.get(plural);
  if (!found) throw new Error(`no resource type ${plural}`);
  return found;
}

export function resourceTypeOfKind(kind: string): ResourceType | undefined {
  return byKind.get(kind);
}

/** `v1` for the core group, else `group/version`. */
export function groupVersion(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}

type Extra = Partial<Omit<ResourceType, 'group' | 'plural' | 'kind'>>;

function core(plural: Plural, kind: string, extra: Extra = {}): ResourceType {
  return { group: '', version: 'v1', plural, kind, namespaced: true, ...extra };
}

function type(names: Pick<ResourceType, 'group' | 'plural' | 'kind'>, extra: Extra = {}): ResourceType {
  return { ...names, version: 'v1', namespaced: true, ...extra };
}

function listed(groupAndVersion: string, kind: string, extra: Partial<ListedType>): ListedType {
  const [group = '', version = ''] = groupAndVersion.split('/');
  return { group, version, plural: `${kind.toLowerCase()}s`, kind, namespaced: true, ...extra };
}
