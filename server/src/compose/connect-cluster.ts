/** Connects to the cluster: starts the embedded one, loads credentials, and takes the Lease before any write. */
import type { Logger } from 'pino';
import type { Clock } from '../kit/clock.ts';
import { createKubeClient, type Credentials, type KubeClient, loadCredentials } from '../kube/client.ts';
import type { ClusterLease } from '../cluster-lease/cluster-lease.ts';
import { holdCluster } from '../cluster-lease/hold-cluster.ts';
import type { Config } from '../config/config.ts';
import { startEmbeddedCluster } from '../embedded/embedded-cluster.ts';
import { toEngineSettings } from '../embedded/engine-settings.ts';
import type { DataDir } from './open-data-dir.ts';
import type { PlatformInputs } from './read-platform.ts';

export interface ConnectOptions {
  data: DataDir;
  platform: PlatformInputs;
  clock: Clock;
  log: Logger;
  onFatal: (why: string) => void;
}

export interface Connection {
  /** Path for helm; undefined for helm's default. */
  kubeconfig: string | undefined;
  credentials: Credentials;
  lease: ClusterLease;
  /** Refuses writes unless the Lease is held. */
  client: KubeClient;
}

/** Registers everything it opens with `cleanup`. Throws ClusterHeldError, ConfigError and ClusterError. */
export async function connectCluster(
  { cluster, dataDir }: Config,
  { data, platform, clock, log, onFatal }: ConnectOptions,
  cleanup: AsyncDisposableStack,
): Promise<Connection> {
  const isEmbedded = cluster.kind === 'embedded';
  let { kubeconfig } = cluster;
  if (isEmbedded) {
    const embedded = await startEmbeddedCluster({
      dataDir,
      speed: cluster.speed,
      engines: toEngineSettings(platform.engines, platform.code.real),
      log,
      onRestart: () => credentials.reload(true),
      onFatal,
    });
    cleanup.defer(() => embedded.close());
    kubeconfig = embedded.kubeconfig;
  }
  const kind = cluster.kind === 'in-cluster' ? 'in-cluster' : 'kubeconfig';
  const credentials = loadCredentials({ kind, kubeconfig, context: cluster.context });
  const lease = await holdCluster({ data, credentials, exclusive: isEmbedded, clock, log, onFatal });
  cleanup.defer(() => lease.close());
  const client = createKubeClient(credentials, () => lease.assertHeld());
  return { kubeconfig, credentials, lease, client };
}
