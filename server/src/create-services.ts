/** Everything that a call may ask of this server. The transports serve it; nothing else reaches the stages behind it. */
import type { PlatformService, Services, Store, StoreParts } from '@shopyard/contracts';
import { createInspection } from './cluster/inspect.ts';
import type { ClusterLease } from './cluster-lease/cluster-lease.ts';
import type { KubeClient } from './cluster/kube-client.ts';
import type { StoreWatch } from './cluster/store-watch.ts';
import type { Config } from './config.ts';
import { readMails } from './embedded-mail.ts';
import type { EventHub } from './events/event-hub.ts';
import type { Helm } from './helm/helm.ts';
import { createPlatformService } from './services/platform.service.ts';
import { withStorageErrors } from './services/storage-errors.ts';
import { createStoreCalls, type StoreCallsOptions } from './services/store-calls.ts';
import { toParts } from './services/store-parts.ts';
import { createStoreReads } from './services/store-reads.ts';
import type { StoreChart } from './store-chart/read-chart.ts';

export interface ServicesOptions extends Omit<StoreCallsOptions, 'partsOf'> {
  config: Pick<Config, 'dataDir' | 'embeddedStores'>;
  client: KubeClient;
  watch: Pick<StoreWatch, 'view'>;
  helm: Pick<Helm, 'describe'>;
  hub: EventHub;
  chart: StoreChart;
  adoption: Pick<PlatformService, 'adoptable' | 'adopt'>;
  lease: Pick<ClusterLease, 'refusal'>;
}

export function createServices(options: ServicesOptions): Services {
  const { config, client, watch, helm, hub, chart, adoption, lease, ...shared } = options;
  const { db, board, now } = shared;
  const partsOf = (store: Store): StoreParts => toParts(watch.view(store));
  const reads = createStoreReads({
    db,
    hub,
    board,
    partsOf,
    inspection: createInspection(client),
    describe: (release, signal) => helm.describe(release, signal),
    async mailsOf(store) {
      const volumes = watch.view(store).claims.map(({ uid }) => uid);
      return config.embeddedStores ? readMails(config.dataDir, volumes) : [];
    },
  });
  return {
    stores: withStorageErrors({ ...reads, ...createStoreCalls({ ...shared, partsOf }) }),
    platform: withStorageErrors(createPlatformService({ db, board, chart, adoption, lease, now })),
  };
}
