/** Opens what the stages work on: the watches, the writes and the reads of one cluster, and its helm. */
import { join } from 'node:path';
import { guardHelm } from '../cluster-lease/guard-helm.ts';
import { createDryRuns } from '../cluster/dry-runs.ts';
import { createEventFeed } from '../cluster/event-feed.ts';
import type { ClusterHandle } from '../cluster/handle.ts';
import { createLoadReader } from '../cluster/load.ts';
import { createClusterReads } from '../cluster/reads.ts';
import { createStoreResources } from '../cluster/resources.ts';
import { createStoreWatch, logInterruption, type StoreWatch } from '../cluster/watch.ts';
import type { Config } from '../config/config.ts';
import { MAIN_CLUSTER } from '../domain/cluster-id.ts';
import type { createHelmCli, HelmCliOptions } from '../helm/helm-cli.ts';
import type { Helm } from '../helm/helm.ts';
import { createPodDialer } from '../kube/port-forward.ts';
import { createNamespaceWake } from '../storage/namespace-wake.ts';
import type { Foundation } from './foundation.ts';
import { PLATFORM } from './wakes.ts';

type Opened = Omit<Foundation, 'cluster'>;

export interface HelmChoice {
  create: typeof createHelmCli;
  onOperation: NonNullable<HelmCliOptions['processes']['onOperation']>;
}

/** The watches begin with `watch.start()`. */
export function openCluster(config: Config, opened: Opened, helm: HelmChoice): ClusterHandle {
  const { data, connection, platform, process } = opened;
  const { client, credentials, lease } = connection;
  const { installation } = data;
  return {
    id: MAIN_CLUSTER,
    watch: openWatch(config, opened),
    resources: createStoreResources({ client, engines: platform.engines, installation, role: config.storeRole }),
    dryRuns: createDryRuns({ client, engines: platform.engines, installation }),
    reads: { ...createClusterReads(client), ...createEventFeed(client, process.clock) },
    load: createLoadReader(client),
    helm: guardHelm(openHelm(config, opened, helm), lease),
    dial: createPodDialer(credentials),
  };
}

function openWatch(config: Config, { data, connection, platform, wakes, process }: Opened): StoreWatch {
  return createStoreWatch({
    source: { client: connection.client, clock: process.clock, silenceMs: config.watchSilenceMs },
    engines: platform.engines,
    installation: data.installation,
    roleBindings: config.storeRole !== undefined,
    on: {
      store: (id) => wakes.store.add(id),
      // Some objects are connected with their store by the namespace's name alone.
      namespace: createNamespaceWake(data.storage.stores, wakes.store),
      health: () => wakes.platform.add(PLATFORM),
      error: (error) => logInterruption(process.log, error),
    },
  });
}

function openHelm(config: Config, { data, connection }: Opened, helm: HelmChoice): Helm {
  return helm.create({
    helm: config.helm,
    cluster: {
      kubeconfig: config.cluster.kind === 'in-cluster' ? undefined : connection.kubeconfig,
      context: config.cluster.context,
    },
    // A pod's home folder may be read-only, and the user's own kubectl has no use for the embedded cluster.
    caches: { stateDir: join(config.dataDir, 'helm'), ownCache: config.cluster.kind !== 'kubeconfig' },
    processes: { ledger: data.ledger, timeoutSeconds: config.budgets.release, onOperation: helm.onOperation },
  });
}
