/** Every store as the server last pushed it, until disposed. */
import { applyUpdate, NO_STORES, type Store, type StoresUpdate, type StoresState } from '@shopyard/contracts';
import type { Api } from './connect.ts';

export class LiveStores implements Disposable {
  #state: StoresState = NO_STORES;
  readonly #listeners = new Set<() => void>();
  readonly #subscription: { unsubscribe(): void };

  /** `onUpdate` gets each update with its tracked id, after it is applied and before anyone who waits. */
  constructor({ trpc }: Api, onUpdate: (update: StoresUpdate, id: string) => void = () => undefined) {
    this.#subscription = trpc.stores.watch.subscribe(undefined, {
      onData: ({ id, data }) => {
        this.#state = applyUpdate(this.#state, data);
        onUpdate(data, id);
        for (const listener of this.#listeners) listener();
      },
    });
  }

  /** By id, in order of creation; empty until the first snapshot. */
  get stores(): ReadonlyMap<string, Store> {
    return this.#state.stores;
  }

  /** Resolves once `test` passes, after the first snapshot. Rejects after `ms` milliseconds, listing the stores' phases. */
  until(what: string, test: (stores: Store[]) => boolean, ms = 50_000): Promise<Store[]> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const stores = [...this.stores.values()];
        if (!this.#state.loaded || !test(stores)) return;
        stop();
        resolve(stores);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`not within ${ms} ms: ${what}\n${[...this.stores.values()].map(describe).join('\n')}`));
      }, ms);
      const stop = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(check);
      };
      this.#listeners.add(check);
      check();
    });
  }

  [Symbol.dispose](): void {
    this.#subscription.unsubscribe();
  }
}

const describe = ({ name, phase, reason, message }: Store): string =>
  `${name} ${phase} ${reason ?? ''} ${message ?? ''}`;
