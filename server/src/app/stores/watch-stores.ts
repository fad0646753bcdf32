/** The two subscriptions: the whole list, and one store in detail. */
import type { Store, StoreDetailUpdate, StoreParts, StoresUpdate, HistoryEntry } from '@shopyard/contracts';
import type { Tracked, WatchOptions } from '@shopyard/contracts/services';
import type { Hub } from '../../live/hub.ts';
import type { LiveStores } from '../../live/live-stores.ts';
import { PUSH_WINDOW_MS } from '../../live/push-windows.ts';
import { turns } from '../turns.ts';

/**
 * Yields what the client missed since `lastEventId`, or a snapshot; then changes. The client's position is a single
 * sequence number, so nothing is lost or repeated.
 */
export async function* watchStores(
  { hub, liveStores }: { hub: Hub; liveStores: LiveStores },
  { lastEventId, signal, writable }: WatchOptions,
): AsyncGenerator<Tracked<StoresUpdate>> {
  using subscription = hub.subscribe(signal);
  const resumed = lastEventId === undefined ? undefined : hub.parseCursor(lastEventId);
  let seen = resumed ?? hub.seq;
  const snapshot = (): Tracked<StoresUpdate> => {
    seen = hub.seq;
    return { id: hub.idAt(seen), data: liveStores.snapshot() };
  };
  if (resumed === undefined) yield snapshot();
  while (await subscription.next(seen)) {
    // Builds the batch only once it can be sent, so that it holds the newest states.
    await writable();
    const batch = hub.batchAfter(seen);
    if (batch) yield { id: hub.idAt((seen = hub.flushedSeq)), data: batch };
    else yield snapshot();
  }
}

export interface StoreWatchSources {
  now: () => Date;
  hub: Hub;
  liveStores: LiveStores;
  id: string;
  partsOf: (store: Store) => StoreParts;
  historyOf: () => Promise<HistoryEntry[]>;
}

/** Yields the whole store, now and after each change; ends with `removed`. */
export async function* watchStore(
  sources: StoreWatchSources,
  watch: WatchOptions,
): AsyncGenerator<Tracked<StoreDetailUpdate>> {
  const { hub, liveStores, id, partsOf, historyOf, now } = sources;
  let name = liveStores.get(id)?.name ?? '';
  const listen = (notify: () => void): (() => void) => liveStores.onTouch(id, notify);
  for await (const turn of turns({ listen, windowMs: PUSH_WINDOW_MS.store }, watch)) {
    const store = liveStores.get(id);
    // Each detail is complete, so a reconnecting client just gets the next one.
    const eventId = `${hub.epoch}:${id}:${turn}`;
    if (!store) {
      yield { id: eventId, data: { type: 'removed', id, name } };
      return;
    }
    name = store.name;
    const detail = { store, ...partsOf(store), history: await historyOf() };
    yield { id: eventId, data: { type: 'detail', now: now().toISOString(), ...detail } };
  }
}
