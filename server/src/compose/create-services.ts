/** Builds the services behind the API. The transports reach the rest of the server only through them. */
import type { Store, StoreParts } from '@shopyard/contracts';
import type { Services } from '@shopyard/contracts/services';
import type { Clock } from '../kit/clock.ts';
import { createEventFeed } from '../cluster/event-feed.ts';
import type { ClusterLease } from '../cluster-lease/cluster-lease.ts';
import type { ClusterHandle } from '../cluster/handle.ts';
import type { Database } from '../storage/database.ts';
import type { Addressee } from '../store-access/store-url.ts';
import type { Live } from './live.ts';
import type { Ownership } from './ownership.ts';
import type { PlatformInputs } from './read-platform.ts';
import type { Wakes } from './wakes.ts';
import type { Config } from '../config/config.ts';
import { readMails, watchMails } from '../embedded/embedded-mail.ts';
import { createPlatformService } from '../app/platform/platform.ts';
import { withStorageErrors } from '../app/storage-errors.ts';
import { createStoreCalls } from '../app/stores/store-calls.ts';
import { createStoreFeeds } from '../app/stores/store-feeds.ts';
import { toParts } from '../domain/present-parts.ts';
import { createStoreReads } from '../app/stores/store-reads.ts';

export interface ServicesOptions {
  db: Database;
  cluster: ClusterHandle;
  lease: Pick<ClusterLease, 'refusal'>;
  live: Live;
  platform: PlatformInputs;
  ownership: Pick<Ownership, 'known' | 'service'>;
  urlOf: (store: Addressee) => string;
  wakes: Wakes;
  clock: Clock;
}

export function createServices(config: Config, options: ServicesOptions): Services {
  const { db, cluster, lease, live, platform, ownership, urlOf, wakes, clock } = options;
  const { client, watch, helm, resources } = cluster;
  const { hub, board, present } = live;
  const { engines, charts } = platform;
  const { now } = clock;
  const partsOf = (store: Store): StoreParts => toParts(watch.view(store));
  const volumesOf = (store: Store): string[] => watch.view(store).claims.map(({ uid }) => uid);
  const reads = createStoreReads({
    db,
    hub,
    board,
    partsOf,
    inspection: cluster.reads,
    describe: (release, signal) => helm.describe(release, signal),
    mailsOf: async (store) =>
      config.embeddedStores.has(store.engine) ? readMails(config.dataDir, volumesOf(store)) : [],
    now,
  });
  const feeds = createStoreFeeds({
    board,
    eventFeed: createEventFeed(client, clock),
    get: reads.get,
    mails: reads.mails,
    release: reads.release,
    onMail: (store, notify) =>
      config.embeddedStores.has(store.engine) ? watchMails(config.dataDir, volumesOf(store), notify) : () => undefined,
    releaseKeyOf(store) {
      const { revision, status } = watch.view(store).release ?? {};
      return `${revision} ${status}`;
    },
  });
  const calls = createStoreCalls({
    db,
    board,
    engines,
    charts,
    partsOf,
    urlOf,
    toStore: present,
    loginOf: (store) => resources.credentials(store),
    reconciler: wakes.store,
    recovered: () => ownership.known,
    now,
  });
  return {
    stores: withStorageErrors({ ...reads, ...feeds, ...calls }),
    platform: withStorageErrors(
      createPlatformService({ db, board, hub, charts, adoption: ownership.service, lease, now }),
    ),
  };
}
