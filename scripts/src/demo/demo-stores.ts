/** The demo's own stores among all that the server pushes. */
import type { Store } from '@shopyard/contracts';
import { type Api, LiveStores } from '@shopyard/sdk';

type Test = (store: Store | undefined) => boolean;

export class DemoStores implements Disposable {
  readonly #live: LiveStores;
  readonly #stores = new Map<string, Store | undefined>();
  readonly #listeners = new Set<() => void>();

  constructor(api: Api) {
    this.#live = new LiveStores(api, () => {
      for (const id of this.#stores.keys()) this.#stores.set(id, this.#live.stores.get(id));
      for (const listener of this.#listeners) listener();
    });
  }

  /** Follows these stores from now on. */
  add(stores: readonly Store[]): void {
    for (const store of stores) this.#stores.set(store.id, store);
  }

  /** In the order in which they were added; `undefined` for deleted stores. */
  get rows(): (Store | undefined)[] {
    return [...this.#stores.values()];
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Resolves with the store once the test passes; rejects with its state when the signal aborts. */
  until(id: string, test: Test, signal: AbortSignal): Promise<Store | undefined> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const store = this.#stores.get(id);
        if (!test(store)) return;
        stop();
        resolve(store);
      };
      const giveUp = (): void => {
        const store = this.#stores.get(id);
        stop();
        reject(
          new Error(`${store?.name ?? id} is still ${store?.phase ?? 'gone'}: ${store?.message ?? 'no known reason'}`),
        );
      };
      const stop = (): void => {
        this.#listeners.delete(check);
        signal.removeEventListener('abort', giveUp);
      };
      this.#listeners.add(check);
      signal.addEventListener('abort', giveUp);
      check();
    });
  }

  [Symbol.dispose](): void {
    this.#live[Symbol.dispose]();
  }
}
