/** Health of this server, for the dashboard and `/readyz`. */
import { type ChangeWindow, DEFAULT_ENGINE, type EngineView, type Platform } from '@shopyard/contracts';
import type { Clock } from '../../kit/clock.ts';
import type { ClusterLease } from '../../cluster-lease/cluster-lease.ts';
import type { StoreWatch } from '../../cluster/watch.ts';
import { createDatabaseCheck } from '../storage-errors.ts';
import type { Addressee } from '../../store-access/store-url.ts';
import type { Storage } from '../../storage/storage.ts';
import { VERSION } from '../../kit/version.ts';

/** What never changes while the server runs. */
export interface ServerFacts extends Pick<Platform['cluster'], 'kind'> {
  /** See Platform. */
  window: ChangeWindow | undefined;
  /** Stores of the embedded cluster are more than simulated. */
  real: boolean;
  /** Everybody who reaches the port may do everything. */
  insecure: boolean;
  /** See Platform. */
  sameSite: string | undefined;
  engines: EngineView[];
}

export interface ServerHealthOptions {
  storage: Pick<Storage, 'assertWritable' | 'troubleOf'>;
  cluster: { watch: Pick<StoreWatch, 'health'> };
  lease: Pick<ClusterLease, 'trouble'>;
  ownership: { health(): Pick<Platform['cluster'], 'readOnly' | 'unmanaged'> };
  urlOf: (store: Addressee) => string;
  clock: Clock;
}

export interface ServerHealth {
  platform: () => Platform;
  /** What keeps the server from working, one sentence each; empty when it is ready. */
  missing: () => Promise<string[]>;
}

export function createServerHealth(
  { kind, real, insecure, sameSite, engines, window }: ServerFacts,
  { storage, cluster, lease, ownership, urlOf, clock }: ServerHealthOptions,
): ServerHealth {
  const { watch } = cluster;
  const stores = real ? ('wordpress' as const) : ('simulated' as const);
  const databaseTrouble = createDatabaseCheck(storage, clock.now);
  return {
    platform() {
      const { synced, staleSince } = watch.health();
      return {
        version: VERSION,
        ...(insecure ? { insecure } : {}),
        ...(sameSite === undefined ? {} : { sameSite }),
        storeUrl: urlOf({ name: '{name}', engine: DEFAULT_ENGINE, values: {} }),
        engines,
        ...(window ? { window } : {}),
        cluster: {
          kind,
          ...(kind === 'embedded' ? { stores } : {}),
          synced,
          ...(staleSince ? { staleSince } : {}),
          ...ownership.health(),
        },
      };
    },
    missing: async () => [
      ...(watch.health().synced ? [] : ['the cluster is unreachable']),
      ...(lease.trouble ? [lease.trouble] : []),
      ...(await databaseTrouble()),
    ],
  };
}
