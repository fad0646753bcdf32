/** What is kept of the cluster's objects: just what tells how a store is. */

export interface ObservedNamespace {
  name: string;
  storeId: string;
  /** Undefined of one from before namespaces said it. */
  installation: string | undefined;
  uid: string;
  terminating: boolean;
  /** What holds a deletion up, in the API server's words. */
  remaining: string[];
}

/** What helm keeps of one revision of a release. */
export interface ReleaseRecord {
  /** Of the ConfigMap. */
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
  /** Generation of the store's spec that it carries. */
  generation: number;
  /** Digest of the store's address that it carries. */
  address: string;
  /** When helm last wrote it, in epoch milliseconds. */
  at: number;
}

export interface ObservedContainer {
  name: string;
  init: boolean;
  state: 'waiting' | 'running' | 'terminated';
  ready: boolean;
  restarts: number;
  /** Why it waits, such as `ImagePullBackOff`. */
  waiting?: { reason: string; message: string };
  /** How it, or its run before this one, ended. */
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
  /** Why it has no node yet. */
  unschedulable?: string;
  containers: ObservedContainer[];
}

/** An object that should stay as it was made: enough to notice when it doesn't. */
export interface ObservedObject {
  storeId: string;
  namespace: string;
  kind: string;
  name: string;
  uid: string;
  /** Changes with what it should be, not with its status; empty where the API server tells no such thing. */
  version: string;
}

export interface ObservedWorkload extends ObservedObject {
  kind: 'Deployment' | 'StatefulSet';
  component: string;
  desired: number;
  /** The newest spec is running, and all of its pods are ready. */
  ready: boolean;
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
  /** What it has, or asks for. */
  capacity: string | undefined;
  /** Deleted; it goes when the last pod lets go of it. */
  terminating: boolean;
}

/** A Warning event about an object of some namespace. */
export interface ObservedWarning {
  namespace: string;
  kind: string;
  object: string;
  reason: string;
  message: string;
  /** ISO 8601. */
  at: string;
}

/** Everything known of one store's namespace, from the watches alone. */
export interface StoreView {
  namespace: ObservedNamespace | undefined;
  /** The latest revision. */
  release: ObservedRelease | undefined;
  pods: ObservedPod[];
  workloads: ObservedWorkload[];
  jobs: ObservedJob[];
  claims: ObservedClaim[];
  /** All else that the chart is made of, by its metadata. */
  objects: ObservedObject[];
  /** Newest first. */
  warnings: ObservedWarning[];
}
