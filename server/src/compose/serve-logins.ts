/** Lets callers into stores as their administrator: by the login, or by a link. */
import { createReveals } from '../app/access/reveals.ts';
import { createStoreLogins, type StoreLogins } from '../app/stores/store-logins.ts';
import type { StoreAgents } from '../store-access/store-agents.ts';
import { requestStore } from '../store-access/store-http.ts';
import type { Foundation } from './foundation.ts';
import type { Live } from './live.ts';

export function serveLogins(
  { process, data, cluster, platform }: Foundation,
  { liveStores }: Live,
  agents: StoreAgents,
): StoreLogins {
  return createStoreLogins({
    storage: data.storage,
    liveStores,
    engines: platform.engines,
    reach: {
      credentialsOf: (store) => cluster.resources.credentials(store),
      request: (request) => requestStore(agents, request),
    },
    reveals: createReveals(data.storage.people, process.clock.now),
    now: process.clock.now,
  });
}
