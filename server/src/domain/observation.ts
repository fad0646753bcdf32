/** Projections of the cluster's objects: only the fields that determine a store's state. */
import type { PodLoad } from './capacity.ts';
import type { StoreProfile } from '@shopyard/contracts';
import type { Desired } from './desired.ts';

export interface ObservedNamespace {
  name: string;
  storeId: string;
  /** `undefined` for namespaces that predate the label. */
  installation: string | undefined;
  uid: string;
  /** The copy of the store's profile, from which a lost database is rebuilt. */
  profile: StoreProfile;
  /** The same of its desired state; `undefined` if it is none. */
  desired: Desired | undefined;
  /** The same of its generation; 1 if it is none. */
  generation: number;
  /** The same of its change that waits: the id. */
  waiting: string | undefined;
  terminating: boolean;
  /** What blocks the deletion, as worded by the API server. */
  remaining: string[];
}

/** Helm's record of one revision of a release. */
export interface ReleaseRecord {
  /** Name of the ConfigMap. */
  name: string;
  revision: number;
  /** Helm's word; see ObservedRelease. */
  status: string;
  /** As helm wrote it: JSON that may be compressed, in base64. */
  data: string;
}

/** A revision of a release, from its record's labels. */
export interface ObservedRelease {
  storeId: string;
  namespace: string;
  name: string;
  revision: number;
  /** Helm's word: `deployed`, `failed`, `superseded`, `uninstalling`, `pending-install`, … */
  status: string;
  /** Generation of the store's spec. */
  generation: number;
  /** Digest of the store's URL. */
  address: string;
  /** When helm last wrote it, in epoch milliseconds. */
  at: number;
}

export interface ObservedContainer {
  name: string;
  init: boolean;
  state: 'waiting' | 'running' | 'terminated';
  ready: boolean;
  /** Its startup probe has passed in this run. */
  started?: true;
  restarts: number;
  /** Why it waits, such as `ImagePullBackOff`. */
  waiting?: { reason: string; message: string };
  /** How this run or the previous one ended. */
  terminated?: { reason: string; exitCode: number; /** The end of its log, where it failed. */ message: string };
}

export interface ObservedPod {
  storeId: string;
  namespace: string;
  name: string;
  component: string;
  createdAt: string;
  phase: string;
  ready: boolean;
  terminating: boolean;
  /** Why it is not scheduled yet. */
  unschedulable?: string;
  /** What it requests; absent once it has ended. */
  load?: PodLoad;
  containers: ObservedContainer[];
}

/** An object that should not change: enough data to detect drift. */
export interface ObservedObject {
  storeId: string;
  namespace: string;
  kind: string;
  name: string;
  uid: string;
  /** Changes with its spec, not its status; empty for kinds without such a version. */
  version: string;
}

export interface ObservedWorkload extends ObservedObject {
  kind: 'Deployment' | 'StatefulSet';
  component: string;
  desired: number;
  /** The newest spec is running, and all its pods are ready. */
  ready: boolean;
  /** The restart that its pods' template carries; see restarts.ts. */
  restartedAt?: string;
}

export interface ObservedJob {
  storeId: string;
  namespace: string;
  name: string;
  component: string;
  state: 'running' | 'complete' | 'failed';
  message: string;
}

export interface ObservedClaim extends ObservedObject {
  phase: string;
  /** The actual size, otherwise the requested one. */
  capacity: string | undefined;
  /** Being deleted; it disappears once no pod uses it. */
  terminating: boolean;
}

/** A Warning event about a namespaced object. */
export interface ObservedWarning {
  namespace: string;
  kind: string;
  object: string;
  reason: string;
  message: string;
  /** ISO 8601. */
  at: string;
}

/** Everything the watches know about one store's namespace. */
export interface StoreObservation {
  namespace: ObservedNamespace | undefined;
  /** The latest revision. */
  release: ObservedRelease | undefined;
  pods: ObservedPod[];
  workloads: ObservedWorkload[];
  jobs: ObservedJob[];
  claims: ObservedClaim[];
  /** The chart's other objects, metadata only. */
  objects: ObservedObject[];
  /** Newest first. */
  warnings: ObservedWarning[];
}
