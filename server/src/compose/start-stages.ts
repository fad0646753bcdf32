/** Makes the stages between the cluster and the API, connects the wakes, and says how they begin. */
import type { Services } from '@shopyard/contracts/services';
import type { Logger } from 'pino';
import { toEngineViews } from '../app/platform/engine-views.ts';
import type { ClusterHandle } from '../cluster/handle.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../kit/clock.ts';
import { actOnWake } from '../kit/wake.ts';
import { VERSION } from '../kit/version.ts';
import { createPodDialer } from '../kube/port-forward.ts';
import type { StoreRow } from '../storage/tables.ts';
import type { Addresses } from '../store-access/addresses.ts';
import { createStoreGate, type StoreGate } from '../store-access/store-gate.ts';
import type { Connection } from './connect-cluster.ts';
import { createReconcilers } from './create-reconcilers.ts';
import { createServices } from './create-services.ts';
import { createLive, type Live } from './live.ts';
import type { DataDir } from './open-data-dir.ts';
import { createOwnership } from './ownership.ts';
import type { PlatformInputs } from './read-platform.ts';
import { createServerHealth, type ServerHealth } from './server-health.ts';
import { PLATFORM, type Wakes } from './wakes.ts';

export interface StagesOptions {
  data: DataDir;
  connection: Connection;
  cluster: ClusterHandle;
  platform: PlatformInputs;
  wakes: Wakes;
  addresses: Addresses;
  /** Epoch milliseconds when the process began: a helm operation from before is nobody's. */
  startedAt: number;
  log: Logger;
  clock: Clock;
}

export interface Stages {
  services: Services;
  health: ServerHealth;
  live: Live;
  gate: StoreGate;
  onVisit: (id: string) => void;
  /** Once the port is known: shows these stores at once, then begins to watch and to reconcile. */
  begin: (rows: readonly StoreRow[]) => void;
}

export function startStages(config: Config, options: StagesOptions, cleanup: AsyncDisposableStack): Stages {
  const { data, connection, cluster, platform, wakes, addresses, startedAt, log, clock } = options;
  const { lease, credentials } = connection;
  const { urlOf } = addresses;
  const { engines } = platform;
  const gate = createStoreGate({
    dial: createPodDialer(credentials),
    engines,
    podsOf: (store) => cluster.watch.view(store).pods,
  });
  cleanup.defer(() => gate.close());
  const isEmbedded = config.cluster.kind === 'embedded';
  const views = toEngineViews({ ...platform, isEmbedded, isReal: (id) => config.embeddedStores.has(id) });
  const unknown = {
    version: VERSION,
    storeUrl: '',
    engines: views,
    cluster: { kind: config.cluster.kind, synced: false },
  };
  const live = createLive({ cluster, engines, urlOf, platform: unknown });
  const shared = { db: data.db, cluster, lease, live, platform, wakes, urlOf, log, clock };
  const ownership = createOwnership(config, shared);
  cleanup.defer(() => ownership.close());
  const health = createServerHealth(config, { ...shared, engines: views, ownership });

  /** When each store was last opened by way of this server, in epoch milliseconds. */
  const visits = new Map<string, number>();
  const controller = createReconcilers(config, { ...shared, gate, startedAt, visitedAt: (id) => visits.get(id) ?? 0 });
  cleanup.defer(() => controller.close());
  cleanup.defer(() => cluster.watch.close());

  const synced = Promise.withResolvers<void>();
  const tellHealth = (): void => {
    live.board.setPlatform(health.platform());
    if (cluster.watch.health().synced) synced.resolve();
  };
  tellHealth();
  wakes.platform.connect(actOnWake(tellHealth));
  lease.onChange(() => {
    wakes.platform.add(PLATFORM);
    if (lease.mayWrite()) void controller.lookAgain();
  });
  return {
    services: createServices(config, { ...shared, ownership }),
    health,
    live,
    gate,
    onVisit: (id) => void visits.set(id, clock.now().getTime()),
    begin(rows) {
      for (const row of rows) live.board.set(live.present(row));
      wakes.platform.add(PLATFORM);
      cluster.watch.start();
      void Promise.all([synced.promise, lease.held])
        .then(() => ownership.start())
        .then(() => controller.start());
    },
  };
}
