/** Everything that belongs to one cluster. There is one today; a store's spec will name its own. */
import type { Helm } from '../helm/helm.ts';
import type { KubeClient } from '../kube/client.ts';
import type { ClusterReads } from './reads.ts';
import type { StoreResources } from './resources.ts';
import type { StoreWatch } from './watch.ts';

export interface ClusterHandle {
  readonly client: KubeClient;
  readonly watch: StoreWatch;
  /** Writes: idempotent, and each reads the API server first. */
  readonly resources: StoreResources;
  /** Events and logs, on demand. */
  readonly reads: ClusterReads;
  readonly helm: Helm;
}
