/** Makes the stages between the cluster and the API, connects the wakes, and says how they begin. */
import { DEFAULT_ENGINE } from '@shopyard/contracts';
import type { Services } from '@shopyard/contracts/services';
import { HealthAnnouncer } from '../app/platform/health-announcer.ts';
import { createServerHealth, type ServerHealth } from '../app/platform/server-health.ts';
import type { Config } from '../config/config.ts';
import type { StoreRecord } from '../domain/store.ts';
import { actOnWake } from '../kit/wake.ts';
import { createStoreAccess } from '../store-access/store-access.ts';
import { createStoreAgents } from '../store-access/store-agents.ts';
import type { StoreAccess } from '../store-access/store-proxy.ts';
import { StoreVisits } from '../store-access/visits.ts';
import { begin, onLease } from './begin.ts';
import { createReconcilers } from './create-reconcilers.ts';
import { createServices } from './create-services.ts';
import type { Foundation } from './foundation.ts';
import { createLive, type Live } from './live.ts';
import { watchCalendar } from './watch-calendar.ts';
import { ownStores } from './own-stores.ts';

export interface Stages {
  services: Services;
  health: ServerHealth;
  live: Live;
  access: StoreAccess;
  /** Once the port is known: shows these stores at once, then begins to watch and to reconcile. */
  begin: (stores: readonly StoreRecord[]) => void;
}

export function startStages(config: Config, foundation: Foundation, cleanup: AsyncDisposableStack): Stages {
  const { process, data, connection, cluster, platform, wakes } = foundation;
  const { lease } = connection;
  const { engines, addresses } = platform;
  const agents = createStoreAgents({ dial: cluster.dial, engines, podsOf: (store) => cluster.watch.view(store).pods });
  cleanup.defer(() => agents.close());
  const live = createLive(config, foundation);
  const ownership = ownStores(config, foundation, live);
  cleanup.defer(() => ownership.close());
  const facts = {
    kind: config.cluster.kind,
    real: platform.code.real.has(DEFAULT_ENGINE),
    insecure: config.auth.kind === 'insecure',
    sameSite: config.sameSite,
    engines: platform.views,
    window: platform.window,
  };
  const given = { storage: data.storage, cluster, lease, ownership, urlOf: addresses.urlOf, clock: process.clock };
  const health = createServerHealth(facts, given);
  const visits = new StoreVisits(process.clock);
  const controller = createReconcilers(config, foundation, { live, agents, visits });
  cleanup.defer(() => controller.close());
  cleanup.defer(() => cluster.watch.close());

  const calendar = watchCalendar(foundation, live);
  cleanup.defer(() => calendar.close());
  const announcer = new HealthAnnouncer({ liveStores: live.liveStores, watch: cluster.watch, health });
  announcer.announce();
  wakes.platform.connect(actOnWake(() => announcer.announce()));
  lease.onChange(() => onLease(foundation, controller));
  const beginning = { live, ownership, controller, calendar, ready: [announcer.synced, lease.held] };
  return {
    services: createServices(config, foundation, { live, ownership, agents }),
    health,
    live,
    access: createStoreAccess({ stores: live.liveStores, agents, visits }),
    begin: (stores) => begin(foundation, beginning, stores),
  };
}
