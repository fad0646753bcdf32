/** Makes the reconciler of stores with what its actions work with, and the controller that runs it. */
import { operationsSince } from '../cluster-lease/operations-since.ts';
import type { Config } from '../config/config.ts';
import { InFlightReleases } from '../helm/in-flight-releases.ts';
import { HelmSlots } from '../kit/keyed-semaphore.ts';
import { createManifestGuard } from '../reconcile/manifest-guard.ts';
import { type Controller, createController } from '../reconcile/controller.ts';
import { createObserve } from '../reconcile/stores/observe.ts';
import { createStoreReconciler } from '../reconcile/stores/reconciler.ts';
import { createRecords } from '../reconcile/stores/record.ts';
import { RepairBackoff } from '../reconcile/stores/repair-backoff.ts';
import type { StoreAgents } from '../store-access/store-agents.ts';
import { requestStore } from '../store-access/store-http.ts';
import type { StoreVisits } from '../store-access/visits.ts';
import type { Foundation } from './foundation.ts';
import type { Live } from './live.ts';

export interface Surroundings {
  live: Live;
  agents: StoreAgents;
  visits: StoreVisits;
}

export function createReconcilers(config: Config, foundation: Foundation, surroundings: Surroundings): Controller {
  const { process, data, connection, cluster, platform, wakes } = foundation;
  const { live, agents, visits } = surroundings;
  const { liveStores } = live;
  const { lease } = connection;
  const { now } = process.clock;
  const { storage } = data;
  const { budgets } = config;
  const { engines, charts } = platform;
  const repairs = new RepairBackoff(now);
  const sources = {
    viewOf: (store: Parameters<typeof cluster.watch.view>[0]) => cluster.watch.view(store),
    // Only an embedded store sleeps, and a look would wake it.
    visitedAt: platform.code.real.size > 0 ? (id: string) => visits.lastAt(id) : () => Infinity,
    now,
  };
  const stores = createStoreReconciler({
    observe: createObserve({ stores: storage.stores, sources, engines, charts, budgets, repairs }),
    records: createRecords({
      storage,
      publish: (store) => liveStores.publish(charts.offer(store)),
      onRemoved: (id) => liveStores.remove(id),
      charts,
      now,
    }),
    context: {
      releases: {
        helm: cluster.helm,
        manifests: createManifestGuard(cluster.helm),
        operations: new InFlightReleases(operationsSince(lease, process.startedAt), data.leftBehind),
      },
      cluster: cluster.resources,
      charts,
      request: (request) => requestStore(agents, request),
      keepsMail: config.cluster.kind === 'embedded',
      now,
    },
    limits: { slots: new HelmSlots(config.maxParallel, (id) => wakes.store.add(id)), repairs },
    mayWrite: () => lease.mayWrite(),
    log: process.log,
  });
  return createController(stores, { wake: wakes.store, ...process });
}
