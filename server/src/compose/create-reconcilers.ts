/** Makes the reconciler of stores with what its actions work with, and the controller that runs it. */
import { operationsSince } from '../cluster-lease/operations-since.ts';
import type { ClusterHandle } from '../cluster/handle.ts';
import type { Config } from '../config/config.ts';
import { InFlightReleases } from '../helm/in-flight-releases.ts';
import { createManifestGuard } from '../reconcile/manifest-guard.ts';
import { type Controller, createController } from '../reconcile/controller.ts';
import { createStoreReconciler } from '../reconcile/stores/reconciler.ts';
import { createStatusWriter } from '../reconcile/stores/record.ts';
import type { StoreGate } from '../store-access/store-gate.ts';
import { requestStore } from '../store-access/store-http.ts';
import type { StoreVisits } from '../store-access/visits.ts';
import type { Foundation } from './foundation.ts';
import type { Live } from './live.ts';

export interface Surroundings {
  live: Live;
  gate: StoreGate;
  visits: StoreVisits;
}

export function createReconcilers(config: Config, foundation: Foundation, surroundings: Surroundings): Controller {
  const { process, data, connection, cluster, platform, wakes } = foundation;
  const { live, gate, visits } = surroundings;
  const { board, urlOfRow } = live;
  const { lease } = connection;
  const { now } = process.clock;
  const { db } = data;
  const { budgets } = config;
  const { engines } = platform;
  const viewOf: ClusterHandle['watch']['view'] = (store) => cluster.watch.view(store);
  const publish = (store: Parameters<typeof board.publish>[0]): void => board.publish(store);
  const writer = createStatusWriter({ db, viewOf, urlOf: urlOfRow, publish, budgets, engines, now });
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
      operations: new InFlightReleases(operationsSince(lease, process.startedAt)),
      now,
    },
    maxParallel: config.maxParallel,
    budgets,
    onForgotten: (id) => board.remove(id),
    // Only an embedded store sleeps, and a look would wake it.
    visitedAt: config.embeddedStores.size > 0 ? (id) => visits.lastAt(id) : () => Infinity,
    mayWrite: () => lease.mayWrite(),
    wake: wakes.store,
    ...process,
  });
  return createController(stores, { wake: wakes.store, ...process });
}
