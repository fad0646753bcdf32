/** The one fold from the events of `stores.watch` to the list: for the dashboard, scripts and tests. */
import type { Platform } from './platform/platform.ts';
import type { StoreChange, StoresUpdate } from './stores/store-events.ts';
import type { Store } from './stores/store.ts';

export interface StoresState {
  /** False until the first snapshot. */
  loaded: boolean;
  /** By id, in order of creation. */
  stores: ReadonlyMap<string, Store>;
  platform: Platform | undefined;
}

export const NO_STORES: StoresState = { loaded: false, stores: new Map(), platform: undefined };

/** The state after one event. Stores that did not change stay the same objects. */
export function applyUpdate(state: StoresState, event: StoresUpdate): StoresState {
  if (event.type === 'snapshot') {
    return { loaded: true, stores: new Map(event.stores.map((store) => [store.id, store])), platform: event.platform };
  }
  const stores = new Map(state.stores);
  const platform = event.changes.reduce((current, change) => applyChange(stores, change) ?? current, state.platform);
  return { ...state, stores, platform };
}

function applyChange(stores: Map<string, Store>, change: StoreChange): Platform | undefined {
  switch (change.type) {
    case 'store':
      stores.set(change.store.id, change.store);
      return undefined;
    case 'removed':
      stores.delete(change.id);
      return undefined;
    case 'platform':
      return change.platform;
  }
}
