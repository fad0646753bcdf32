/** Everything that belongs to one cluster. There is one today; a store's spec will name its own. */
import type { Helm } from '../helm/helm.ts';
import type { KubeClient } from '../kube/client.ts';
import type { Inspection } from './reads.ts';
import type { StoreCluster } from './resources.ts';
import type { StoreWatch } from './watch.ts';

export interface ClusterHandle {
  readonly client: KubeClient;
  readonly watch: StoreWatch;
  /** Writes: idempotent, and each reads the API server first. */
  readonly resources: StoreCluster;
  /** Events and logs, on demand. */
  readonly reads: Inspection;
  readonly helm: Helm;
}
