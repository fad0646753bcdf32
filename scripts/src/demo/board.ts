/** The demo's stores, live by one subscription. */
import type { Store } from '@shopyard/contracts';
import type { Api } from '@shopyard/sdk';

type Test = (store: Store | undefined) => boolean;

export class DemoBoard implements Disposable {
  readonly #stores = new Map<string, Store | undefined>();
  readonly #listeners = new Set<() => void>();
  readonly #subscription: { unsubscribe(): void };

  constructor({ trpc }: Api) {
    const all = new Map<string, Store>();
    this.#subscription = trpc.stores.watch.subscribe(undefined, {
      onData: ({ data }) => {
        if (data.type === 'snapshot') {
          all.clear();
          for (const store of data.stores) all.set(store.id, store);
        } else {
          for (const change of data.changes) {
            if (change.type === 'store') all.set(change.store.id, change.store);
            else if (change.type === 'removed') all.delete(change.id);
          }
        }
        for (const id of this.#stores.keys()) this.#stores.set(id, all.get(id));
        for (const listener of this.#listeners) listener();
      },
    });
  }

  /** From now on these are followed. */
  show(stores: readonly Store[]): void {
    for (const store of stores) this.#stores.set(store.id, store);
  }

  /** In order of creation; undefined for those that are gone. */
  get rows(): (Store | undefined)[] {
    return [...this.#stores.values()];
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Resolves with the store as soon as the test holds; rejects with its state when the signal aborts. */
  until(id: string, test: Test, signal: AbortSignal): Promise<Store | undefined> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const store = this.#stores.get(id);
        if (!test(store)) return;
        stop();
        resolve(store);
      };
      const give = (): void => {
        const store = this.#stores.get(id);
        stop();
        reject(
          new Error(`${store?.name ?? id} stays ${store?.phase ?? 'gone'}: ${store?.message ?? 'no reason is known'}`),
        );
      };
      const stop = (): void => {
        this.#listeners.delete(look);
        signal.removeEventListener('abort', give);
      };
      this.#listeners.add(look);
      signal.addEventListener('abort', give);
      look();
    });
  }

  [Symbol.dispose](): void {
    this.#subscription.unsubscribe();
  }
}
