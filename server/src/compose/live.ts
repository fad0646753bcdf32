/** What is pushed to every screen, and what turns a record into what a screen sees. */
import { createPresent, type Present } from '../app/stores/create-present.ts';
import type { Config } from '../config/config.ts';
import { VERSION } from '../kit/version.ts';
import { Hub } from '../live/hub.ts';
import { LiveStores } from '../live/live-stores.ts';
import type { Foundation } from './foundation.ts';

export interface Live {
  hub: Hub;
  liveStores: LiveStores;
  present: Present;
}

export function createLive({ cluster: { kind } }: Config, { cluster, platform }: Foundation): Live {
  const hub = new Hub();
  const unknown = { version: VERSION, storeUrl: '', engines: platform.views, cluster: { kind, synced: false } };
  return {
    hub,
    liveStores: new LiveStores(hub, unknown),
    present: createPresent(cluster.watch, platform),
  };
}
