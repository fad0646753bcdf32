/** Records all updates of a list subscription and waits for expected ones. */
import type { Store, StoresEvent } from '@shopyard/contracts';
import type { Api } from './api.ts';

export class StoreRecorder implements Disposable {
  /** Tracked ids in the order of arrival. */
  readonly ids: string[] = [];
  /** Sequence numbers of all changes in the order of arrival. */
  readonly seqs: number[] = [];
  /** Phases of each store by name, repetitions left out. */
  readonly phases = new Map<string, string[]>();
  readonly stores = new Map<string, Store>();
  snapshots = 0;
  readonly #listeners = new Set<() => void>();
  readonly #subscription: { unsubscribe(): void };

  constructor({ trpc }: Api) {
    this.#subscription = trpc.stores.watch.subscribe(undefined, {
      onData: ({ id, data }) => {
        this.ids.push(id);
        this.#apply(data);
        for (const listener of this.#listeners) listener();
      },
    });
  }

  /** Resolves once `test` holds; rejects with what is known after `ms`. */
  until(what: string, test: (stores: Store[]) => boolean, ms = 50_000): Promise<Store[]> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const stores = [...this.stores.values()];
        if (this.snapshots === 0 || !test(stores)) return;
        stop();
        resolve(stores);
      };
      const timer = setTimeout(() => {
        stop();
        const known = [...this.stores.values()].map(
          ({ name, phase, reason, message }) => `${name} ${phase} ${reason ?? ''} ${message ?? ''}`,
        );
        reject(new Error(`not within ${ms} ms: ${what}\n${known.join('\n')}`));
      }, ms);
      const stop = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(look);
      };
      this.#listeners.add(look);
      look();
    });
  }

  phase(name: string, phase: Store['phase'], ms?: number): Promise<Store[]> {
    return this.until(
      `${name} ${phase}`,
      (stores) => stores.some((store) => store.name === name && store.phase === phase),
      ms,
    );
  }

  gone(name: string, ms?: number): Promise<Store[]> {
    return this.until(`${name} gone`, (stores) => stores.every((store) => store.name !== name), ms);
  }

  allReady(count: number, ms?: number): Promise<Store[]> {
    return this.until(
      `${count} Ready`,
      (stores) => stores.filter(({ phase }) => phase === 'Ready').length === count,
      ms,
    );
  }

  [Symbol.dispose](): void {
    this.#subscription.unsubscribe();
  }

  #apply(event: StoresEvent): void {
    if (event.type === 'snapshot') {
      this.snapshots += 1;
      this.stores.clear();
      for (const store of event.stores) this.#note(store);
      return;
    }
    for (const change of event.changes) {
      this.seqs.push(change.seq);
      if (change.type === 'store') this.#note(change.store);
      else if (change.type === 'removed') this.stores.delete(change.id);
    }
  }

  #note(store: Store): void {
    this.stores.set(store.id, store);
    const seen = this.phases.get(store.name) ?? [];
    if (seen.at(-1) !== store.phase) this.phases.set(store.name, [...seen, store.phase]);
  }
}
