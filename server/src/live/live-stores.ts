/**
 * Every store as last published. The snapshot and the hub's sequence number are read together, so a client that applies
 * the snapshot and then all later changes never sees a store go back in time.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Platform, Store, StoresUpdate } from '@shopyard/contracts';
import type { Hub } from './hub.ts';

export class LiveStores {
  readonly #stores = new Map<string, Store>();
  readonly #ids = new Map<string, string>();
  readonly #watchers = new Map<string, Set<() => void>>();
  readonly #hub: Hub;
  #platform: Platform;
  #snapshot: { seq: number; event: StoresUpdate } | undefined;

  constructor(hub: Hub, platform: Platform) {
    this.#hub = hub;
    this.#platform = platform;
  }

  get platform(): Platform {
    return this.#platform;
  }

  get(id: string): Store | undefined {
    return this.#stores.get(id);
  }

  findByName(name: string): Store | undefined {
    return this.#stores.get(this.#ids.get(name) ?? '');
  }

  /** In order of creation. */
  list(): Store[] {
    return [...this.#stores.values()];
  }

  /** Everything as of the hub's sequence number. Returns the same object until something changes. */
  snapshot(): StoresUpdate {
    const { seq } = this.#hub;
    if (this.#snapshot?.seq !== seq)
      this.#snapshot = { seq, event: { type: 'snapshot', stores: this.list(), platform: this.#platform } };
    return this.#snapshot.event;
  }

  /** Publishes the store if it changed. */
  set(store: Store): void {
    if (isDeepStrictEqual(this.#stores.get(store.id), store)) return;
    this.#stores.set(store.id, store);
    this.#ids.set(store.name, store.id);
    this.#hub.publish({ type: 'store', store });
  }

  /** As `set`, and notifies those who watch this store: what is not in the list may have changed. */
  publish(store: Store): void {
    this.set(store);
    this.touch(store.id);
  }

  remove(id: string): void {
    const store = this.#stores.get(id);
    if (!this.#stores.delete(id) || !store) return;
    this.#ids.delete(store.name);
    const { name, team } = store;
    this.#hub.publish({ type: 'removed', id, name, ...(team === undefined ? {} : { team }) });
    this.touch(id);
  }

  setPlatform(platform: Platform): void {
    if (isDeepStrictEqual(this.#platform, platform)) return;
    this.#platform = platform;
    this.#hub.publish({ type: 'platform', platform });
  }

  /** Notifies watchers of this store that part of it, such as a pod, may have changed. */
  touch(id: string): void {
    for (const notify of this.#watchers.get(id) ?? []) notify();
  }

  /** Calls `notify` at each touch, until the returned function is called. */
  onTouch(id: string, notify: () => void): () => void {
    const watchers = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, watchers.add(notify));
    return () => {
      watchers.delete(notify);
      if (watchers.size === 0) this.#watchers.delete(id);
    };
  }
}
