/** Opens what the stages work on: the watches, the writes and the reads of one cluster, and its helm. */
import { join } from 'node:path';
import type { Engines } from '@shopyard/engines';
import type { Logger } from 'pino';
import { guardHelm } from '../cluster-lease/guard-helm.ts';
import type { ClusterHandle } from '../cluster/handle.ts';
import { createClusterReads } from '../cluster/reads.ts';
import { createStoreResources } from '../cluster/resources.ts';
import { createStoreWatch } from '../cluster/watch.ts';
import type { Config } from '../config/config.ts';
import type { createHelmCli, HelmCliOptions } from '../helm/helm-cli.ts';
import type { Clock } from '../kit/clock.ts';
import { findStoreByName } from '../storage/store.repository.ts';
import type { Connection } from './connect-cluster.ts';
import type { DataDir } from './open-data-dir.ts';
import { PLATFORM, type Wakes } from './wakes.ts';

export interface OpenClusterOptions {
  data: DataDir;
  connection: Connection;
  engines: Engines;
  wakes: Wakes;
  helm: { create: typeof createHelmCli; onOperation: HelmCliOptions['onOperation'] };
  log: Logger;
  clock: Clock;
}

const PREFIX = 'store-';

/** The watches begin with `watch.start()`. */
export function openCluster(config: Config, options: OpenClusterOptions): ClusterHandle {
  const { data, connection, engines, wakes, helm, log, clock } = options;
  const { client, lease } = connection;
  const watch = createStoreWatch({
    client,
    engines,
    installation: data.installation,
    clock,
    silenceMs: config.watchSilenceMs,
    roleBindings: config.storeRole !== undefined,
    onStore: (id) => wakes.store.add(id),
    onNamespace: (name) => void wakeByNamespace(name, options),
    onHealth: () => wakes.platform.add(PLATFORM),
    onError: (error) =>
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'a watch was interrupted'),
  });
  const bareHelm = helm.create({
    helm: config.helm,
    kubeconfig: config.cluster.kind === 'in-cluster' ? undefined : connection.kubeconfig,
    context: config.cluster.context,
    stateDir: join(config.dataDir, 'helm'),
    // A pod's home folder may be read-only, and the user's own kubectl has no use for the embedded cluster.
    ownCache: config.cluster.kind !== 'kubeconfig',
    ledger: data.ledger,
    timeoutSeconds: config.budgets.release,
    ...(helm.onOperation ? { onOperation: helm.onOperation } : {}),
  });
  return {
    client,
    watch,
    resources: createStoreResources({ client, engines, installation: data.installation, role: config.storeRole }),
    reads: createClusterReads(client),
    helm: guardHelm(bareHelm, lease),
  };
}

/** Some objects are connected with their store by the namespace's name alone. */
async function wakeByNamespace(namespace: string, { data, wakes }: OpenClusterOptions): Promise<void> {
  if (!namespace.startsWith(PREFIX)) return;
  const row = await findStoreByName(data.db, namespace.slice(PREFIX.length));
  if (row) wakes.store.add(row.id);
}
