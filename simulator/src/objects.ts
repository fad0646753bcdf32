/** The Kubernetes objects that the simulator serves, typed by their published JSON shapes. */
import type { Deployment, ReplicaSet, StatefulSet } from 'kubernetes-types/apps/v1.js';
import type { CustomResourceDefinition } from 'kubernetes-types/apiextensions/v1.js';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2.js';
import type { CronJob, Job } from 'kubernetes-types/batch/v1.js';
import type { Lease } from 'kubernetes-types/coordination/v1.js';
import type {
  ConfigMap,
  Event,
  LimitRange,
  Namespace,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  ResourceQuota,
  Secret,
  Service,
  ServiceAccount,
} from 'kubernetes-types/core/v1.js';
import type { EndpointSlice } from 'kubernetes-types/discovery/v1.js';
import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';
import type { Ingress, NetworkPolicy } from 'kubernetes-types/networking/v1.js';
import type { StorageClass } from 'kubernetes-types/storage/v1.js';

/** Metadata as the API server returns it: identity and version are always present. */
export type StoredMeta = Omit<
  { -readonly [K in keyof ObjectMeta]: ObjectMeta[K] },
  'name' | 'uid' | 'resourceVersion' | 'creationTimestamp'
> & {
  name: string;
  uid: string;
  resourceVersion: string;
  creationTimestamp: string;
};

/** Any stored object. `namespace` is absent on cluster-scoped kinds. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: StoredMeta;
  [field: string]: unknown;
}

/** An object as a client sends it, before the server fills in any fields. */
export interface IncomingObject {
  apiVersion?: string;
  kind?: string;
  metadata?: Partial<StoredMeta>;
  [field: string]: unknown;
}

type Stored<T> = { -readonly [K in Exclude<keyof T, 'apiVersion' | 'kind' | 'metadata'>]: T[K] } & KubeObject;

/** Storage key (plural name) → object type, for the kinds that controllers work on. */
export interface ResourceMap {
  configmaps: Stored<ConfigMap>;
  cronjobs: Stored<CronJob>;
  customresourcedefinitions: Stored<CustomResourceDefinition>;
  deployments: Stored<Deployment>;
  endpointslices: Stored<EndpointSlice>;
  events: Stored<Event>;
  horizontalpodautoscalers: Stored<HorizontalPodAutoscaler>;
  ingresses: Stored<Ingress>;
  jobs: Stored<Job>;
  leases: Stored<Lease>;
  limitranges: Stored<LimitRange>;
  namespaces: Stored<Namespace>;
  networkpolicies: Stored<NetworkPolicy>;
  nodes: Stored<Node>;
  persistentvolumeclaims: Stored<PersistentVolumeClaim>;
  persistentvolumes: Stored<PersistentVolume>;
  pods: Stored<Pod>;
  replicasets: Stored<ReplicaSet>;
  resourcequotas: Stored<ResourceQuota>;
  secrets: Stored<Secret>;
  serviceaccounts: Stored<ServiceAccount>;
  services: Stored<Service>;
  statefulsets: Stored<StatefulSet>;
  storageclasses: Stored<StorageClass>;
}

/** Storage key of a kind: its plural name, which is unique among the served kinds. */
export type Plural = keyof ResourceMap;

/** Where an object lives; `namespace` is `''` for cluster-scoped kinds. */
export interface ObjectRef {
  plural: Plural;
  namespace: string;
  name: string;
}

/** A watch event. `previous` is the object before the change, absent for ADDED. */
export interface ObjectEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  plural: Plural;
  object: KubeObject;
  previous?: KubeObject;
  /** The store-wide version at which it happened. */
  version: number;
}

/** `namespace/name`, or the name alone for cluster-scoped objects. */
export function keyOf(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}
