/** Acquires the cluster for this installation before the first write. */
import type { Logger } from 'pino';
import type { Clock } from '../kit/clock.ts';
import { createKubeClient, type Credentials } from '../kube/client.ts';
import { createLeaseApi } from '../kube/lease.ts';
import { type ProcessIdentity, thisProcess } from '../kit/data-lock.ts';
import { VERSION } from '../kit/version.ts';
import { ClusterLease } from './cluster-lease.ts';

export interface HoldOptions {
  data: { installation: string; predecessor: ProcessIdentity | undefined };
  credentials: Credentials;
  exclusive: boolean;
  clock: Clock;
  log: Logger;
  onFatal: (why: string) => void;
}

/** See ClusterLease.start. */
export async function holdCluster(options: HoldOptions): Promise<ClusterLease> {
  const { data, credentials, exclusive, clock, log, onFatal } = options;
  const { installation, predecessor } = data;
  const lease = new ClusterLease({
    leases: createLeaseApi(createKubeClient(credentials)),
    claim: {
      me: { installation, process: thisProcess() },
      predecessor: predecessor && { installation, process: predecessor },
      exclusive,
      version: VERSION,
    },
    clock,
    log,
    onRefused: onFatal,
  });
  await lease.start();
  return lease;
}
