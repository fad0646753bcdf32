/** Everything that belongs to one cluster. There is one today; a store's spec names its own. */
import type { Helm } from '../helm/helm.ts';
import type { DialPod } from '../kube/port-forward.ts';
import type { DryRuns } from './dry-runs.ts';
import type { EventFeed } from './event-feed.ts';
import type { ReadLoad } from './load.ts';
import type { ClusterReads } from './reads.ts';
import type { StoreResources } from './resources.ts';
import type { StoreWatch } from './watch.ts';

export interface ClusterHandle {
  readonly id: string;
  readonly watch: StoreWatch;
  /** Writes: idempotent, and each reads the API server first. */
  readonly resources: StoreResources;
  /** What writes would do. */
  readonly dryRuns: DryRuns;
  /** Events and logs, on demand. */
  readonly reads: ClusterReads & EventFeed;
  /** Nodes and other pods, on demand. */
  readonly load: ReadLoad;
  readonly helm: Helm;
  /** Connects to a port of a pod; throws ClusterError. */
  readonly dial: DialPod;
}
