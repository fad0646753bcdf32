/** Makes the reconciler of stores with what its actions work with, and the controller that runs it. */
import type { Logger } from 'pino';
import type { ClusterLease } from '../cluster-lease/cluster-lease.ts';
import type { ClusterHandle } from '../cluster/handle.ts';
import type { Config } from '../config/config.ts';
import { InFlightReleases } from '../helm/in-flight-releases.ts';
import type { Clock } from '../kit/clock.ts';
import { createManifestGuard } from '../reconcile/manifest-guard.ts';
import { type Controller, createController } from '../reconcile/controller.ts';
import { createStoreReconciler } from '../reconcile/stores/reconciler.ts';
import { createStatusWriter } from '../reconcile/stores/record.ts';
import type { Database } from '../storage/database.ts';
import type { StoreGate } from '../store-access/store-gate.ts';
import { requestStore } from '../store-access/store-http.ts';
import type { Live } from './live.ts';
import type { PlatformInputs } from './read-platform.ts';
import type { Wakes } from './wakes.ts';

export interface ReconcilersOptions {
  db: Database;
  cluster: ClusterHandle;
  live: Live;
  platform: PlatformInputs;
  lease: ClusterLease;
  wakes: Wakes;
  gate: StoreGate;
  /** Epoch milliseconds; see StagesOptions. */
  startedAt: number;
  /** Epoch milliseconds when a customer last came to the store by way of this server; 0 for never. */
  visitedAt: (id: string) => number;
  log: Logger;
  clock: Clock;
}

export function createReconcilers(config: Config, options: ReconcilersOptions): Controller {
  const { db, cluster, live, platform, lease, gate, startedAt, visitedAt, wakes, log, clock } = options;
  const { now } = clock;
  const { board, urlOfRow } = live;
  const viewOf: ClusterHandle['watch']['view'] = (store) => cluster.watch.view(store);
  const writer = createStatusWriter({
    db,
    viewOf,
    urlOf: urlOfRow,
    publish(store, id) {
      board.set(store);
      board.touch(id);
    },
    budgets: config.budgets,
    engines: platform.engines,
    now,
  });
  const stores = createStoreReconciler({
    db,
    ...platform,
    urlOf: urlOfRow,
    writer,
    context: {
      viewOf,
      helm: cluster.helm,
      manifests: createManifestGuard(cluster.helm),
      cluster: cluster.resources,
      charts: platform.charts,
      request: (request) => requestStore(gate, request),
      keepsMail: config.cluster.kind === 'embedded',
      operations: new InFlightReleases(() => (lease.takenOver ? 0 : startedAt)),
      now,
    },
    maxParallel: config.maxParallel,
    budgets: config.budgets,
    onForgotten: (id) => board.remove(id),
    // Only an embedded store sleeps, and a look would wake it.
    visitedAt: config.embeddedStores.size > 0 ? visitedAt : () => Infinity,
    mayWrite: () => lease.mayWrite(),
    wake: wakes.store,
    log,
    clock,
  });
  return createController(stores, { wake: wakes.store, log, clock });
}
