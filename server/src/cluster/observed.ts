/** What is kept of the cluster's objects: just what tells how a store is. */

export interface ObservedNamespace {
  name: string;
  storeId: string;
  uid: string;
  terminating: boolean;
  /** What holds a deletion up, in the API server's words. */
  remaining: string[];
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
}

export interface ObservedContainer {
  name: string;
  init: boolean;
  ready: boolean;
  restarts: number;
  /** Why it waits, such as `ImagePullBackOff`. */
  waiting?: { reason: string; message: string };
  /** How it, or its run before this one, ended. */
  terminated?: { reason: string; exitCode: number };
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

export interface ObservedWorkload {
  storeId: string;
  namespace: string;
  kind: 'Deployment' | 'StatefulSet';
  name: string;
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

export interface ObservedClaim {
  storeId: string;
  namespace: string;
  name: string;
  phase: string;
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
  /** Newest first. */
  warnings: ObservedWarning[];
}
