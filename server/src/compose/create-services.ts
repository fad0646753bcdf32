/** Builds the services behind the API. The transports reach the rest of the server only through them. */
import type { PlatformService, Services, Store, StoreParts } from '@shopyard/contracts';
import type { Clock } from '../kit/clock.ts';
import { createEventFeed } from '../cluster/event-feed.ts';
import { createInspection } from '../cluster/reads.ts';
import type { ClusterLease } from '../cluster-lease/cluster-lease.ts';
import type { KubeClient } from '../kube/client.ts';
import type { StoreWatch } from '../cluster/watch.ts';
import type { Config } from '../config/config.ts';
import { readMails, watchMails } from '../embedded/embedded-mail.ts';
import type { EventHub } from '../live/hub.ts';
import type { Helm } from '../helm/helm.ts';
import { createPlatformService } from '../app/platform/platform.ts';
import { withStorageErrors } from '../app/storage-errors.ts';
import { createStoreCalls, type StoreCallsOptions } from '../app/stores/store-calls.ts';
import { createStoreFeeds } from '../app/stores/store-feeds.ts';
import { toParts } from '../domain/present-parts.ts';
import { createStoreReads } from '../app/stores/store-reads.ts';
import type { StoreChart } from '../chart/read-chart.ts';

export interface ServicesOptions extends Omit<StoreCallsOptions, 'partsOf'> {
  config: Pick<Config, 'dataDir' | 'embeddedStores'>;
  client: KubeClient;
  watch: Pick<StoreWatch, 'view'>;
  helm: Pick<Helm, 'describe'>;
  hub: EventHub;
  chart: StoreChart;
  adoption: Pick<PlatformService, 'adoptable' | 'adopt'>;
  lease: Pick<ClusterLease, 'refusal'>;
  clock: Clock;
}

export function createServices(options: ServicesOptions): Services {
  const { config, client, watch, helm, hub, chart, adoption, lease, clock, ...shared } = options;
  const { db, board, now } = shared;
  const partsOf = (store: Store): StoreParts => toParts(watch.view(store));
  const volumesOf = (store: Store): string[] => watch.view(store).claims.map(({ uid }) => uid);
  const reads = createStoreReads({
    db,
    hub,
    board,
    partsOf,
    inspection: createInspection(client),
    describe: (release, signal) => helm.describe(release, signal),
    mailsOf: async (store) => (config.embeddedStores ? readMails(config.dataDir, volumesOf(store)) : []),
    now,
  });
  const feeds = createStoreFeeds({
    board,
    eventFeed: createEventFeed(client, clock),
    get: reads.get,
    mails: reads.mails,
    release: reads.release,
    onMail: (store, notify) =>
      config.embeddedStores ? watchMails(config.dataDir, volumesOf(store), notify) : () => undefined,
    releaseKeyOf(store) {
      const { revision, status } = watch.view(store).release ?? {};
      return `${revision} ${status}`;
    },
  });
  const calls = createStoreCalls({ ...shared, partsOf });
  return {
    stores: withStorageErrors({ ...reads, ...feeds, ...calls }),
    platform: withStorageErrors(createPlatformService({ db, board, hub, chart, adoption, lease, now })),
  };
}
