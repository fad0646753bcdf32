/** Health of this server, for the dashboard and `/readyz`. */
import { DEFAULT_ENGINE, type EngineView, type Platform } from '@shopyard/contracts';
import type { Clock } from '../kit/clock.ts';
import type { ClusterLease } from '../cluster-lease/cluster-lease.ts';
import type { StoreWatch } from '../cluster/watch.ts';
import type { Config } from '../config/config.ts';
import type { Ownership } from './ownership.ts';
import { createDatabaseCheck } from '../app/storage-errors.ts';
import type { Addressee } from '../store-access/store-url.ts';
import type { Database } from '../storage/database.ts';
import { VERSION } from '../kit/version.ts';

export interface ServerHealthOptions {
  db: Database;
  cluster: { watch: Pick<StoreWatch, 'health'> };
  lease: Pick<ClusterLease, 'trouble'>;
  ownership: Pick<Ownership, 'health'>;
  engines: EngineView[];
  urlOf: (store: Addressee) => string;
  clock: Clock;
}

export interface ServerHealth {
  platform: () => Platform;
  /** What keeps the server from working, one sentence each; empty when it is ready. */
  missing: () => Promise<string[]>;
}

export function createServerHealth(
  config: Pick<Config, 'auth' | 'cluster' | 'embeddedStores'>,
  { db, cluster, lease, ownership, engines, urlOf, clock }: ServerHealthOptions,
): ServerHealth {
  const { kind } = config.cluster;
  const { watch } = cluster;
  const mode = config.embeddedStores.size > 0 ? ('wordpress' as const) : ('simulated' as const);
  const databaseTrouble = createDatabaseCheck(db, clock.now);
  return {
    platform() {
      const { synced, staleSince } = watch.health();
      return {
        version: VERSION,
        ...(config.auth.kind === 'insecure' ? { insecure: true } : {}),
        storeUrl: urlOf({ name: '{name}', engine: DEFAULT_ENGINE, values: {} }),
        engines,
        cluster: {
          kind,
          ...(kind === 'embedded' ? { stores: mode } : {}),
          synced,
          ...(staleSince ? { staleSince } : {}),
          ...ownership.health(),
        },
      };
    },
    missing: async () => [
      ...(watch.health().synced ? [] : ['the cluster is not reachable']),
      ...(lease.trouble ? [lease.trouble] : []),
      ...(await databaseTrouble()),
    ],
  };
}
