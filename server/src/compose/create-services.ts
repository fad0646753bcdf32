/** Builds the services behind the API. The transports reach the rest of the server only through them. */
import type { Store } from '@shopyard/contracts';
import type { Services } from '@shopyard/contracts/services';
import { createPlatformService } from '../app/platform/platform.ts';
import { withStorageErrors } from '../app/storage-errors.ts';
import { createStoreCalls } from '../app/stores/store-calls.ts';
import { createStoreFeeds } from '../app/stores/store-feeds.ts';
import { createWaitingCalls } from '../app/stores/waiting-changes.ts';
import { createStoreCalendar } from '../app/stores/store-calendar.ts';
import { createStoreReads } from '../app/stores/store-reads.ts';
import { createStoreRevisions } from '../app/stores/revisions/store-revisions.ts';
import { createStoreSettings } from '../app/stores/store-settings.ts';
import type { Config } from '../config/config.ts';
import { releaseKey } from '../domain/release-key.ts';
import { createMailbox } from '../embedded/mailbox.ts';
import type { Helm } from '../helm/helm.ts';
import type { Ownership } from '../reconcile/ownership.ts';
import type { StoreAgents } from '../store-access/store-agents.ts';
import type { Foundation } from './foundation.ts';
import { serveAdoption } from './serve-adoption.ts';
import { createCallChecks } from './call-checks.ts';
import { serveCapacity } from './serve-capacity.ts';
import type { Live } from './live.ts';
import { serveLogins } from './serve-logins.ts';
import { servePlans } from './serve-plans.ts';
import { serveTeams } from './serve-teams.ts';

export interface Built {
  live: Live;
  ownership: Ownership;
  agents: StoreAgents;
}

export function createServices(config: Config, foundation: Foundation, { live, ownership, agents }: Built): Services {
  const { process, data, cluster, platform, people } = foundation;
  const { watch, helm, reads: inspection } = cluster;
  const { liveStores } = live;
  const { engines, charts } = platform;
  const { storage } = data;
  const { history } = storage;
  const { now } = process.clock;
  const checks = createCallChecks(foundation, live);
  const describe: Helm['describe'] = (release, signal) => helm.describe(release, signal);
  const { mailsOf, onMail } = createMailbox({
    dataDir: config.dataDir,
    engines: platform.code.real,
    claimsOf: (store) => watch.view(store).claims,
  });
  const reads = createStoreReads({
    history,
    live,
    inspection,
    sources: { partsOf: checks.partsOf, describe, mailsOf },
    now,
  });
  const releaseKeyOf = (store: Store): string => releaseKey(watch.view(store));
  const feeds = createStoreFeeds({ reads, liveStores, eventFeed: inspection, onMail, releaseKeyOf });
  const render: Helm['render'] = (inputs) => helm.render(inputs);
  const values = { ...createStoreSettings(checks), ...createStoreRevisions({ checks, cluster, render }) };
  const calls = {
    ...createStoreCalls({ ...checks, recovered: () => ownership.known, now }),
    ...createWaitingCalls({ ...checks, now }),
    ...createStoreCalendar({ ...checks, now }),
  };
  const logins = serveLogins(foundation, live, agents);
  const offer = serveCapacity(config, foundation);
  const plans = servePlans(foundation, { checks, calls, capacity: offer.capacity });
  const adoption = serveAdoption(foundation, ownership, describe);
  return {
    stores: withStorageErrors(storage, { ...reads, ...feeds, ...values, ...calls, ...plans, ...logins }),
    platform: withStorageErrors(
      storage,
      createPlatformService({ history, live, catalogue: { engines, charts }, cluster: offer, adoption, now }),
    ),
    access: withStorageErrors(storage, { ...people.service, ...serveTeams(foundation, checks) }),
  };
}
