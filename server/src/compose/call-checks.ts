/** What calls that change stores work with, and what they hold values against. */
import { findUnavailable } from '../app/platform/engine-views.ts';
import type { StoreCallsOptions } from '../app/stores/store-calls.ts';
import { toParts } from '../domain/present-parts.ts';
import type { Storage } from '../storage/storage.ts';
import type { Foundation } from './foundation.ts';
import type { Live } from './live.ts';

export interface CallChecks extends Omit<StoreCallsOptions, 'storage' | 'recovered' | 'now'> {
  storage: Storage;
}

export function createCallChecks({ data, cluster, platform, wakes }: Foundation, live: Live): CallChecks {
  const { engines, charts, views, window } = platform;
  return {
    storage: data.storage,
    liveStores: live.liveStores,
    engines,
    charts,
    whyUnavailable: findUnavailable(views),
    partsOf: (store) => toParts(cluster.watch.view(store)),
    urlOf: platform.addresses.urlOf,
    present: live.present,
    reconciler: wakes.store,
    window,
  };
}
