/** Everything that a subscriber of the list is sent, and waiting for what it should be sent. */
import type { Store, StoresUpdate } from '@shopyard/contracts';
import { LiveStores } from '@shopyard/sdk';
import type { Api } from './connect.ts';

export class StoreRecorder implements Disposable {
  /** Tracked ids in the order of arrival. */
  readonly ids: string[] = [];
  /** Sequence numbers of all changes in the order of arrival. */
  readonly seqs: number[] = [];
  /** Phases of each store by name, repetitions left out. */
  readonly phases = new Map<string, string[]>();
  snapshots = 0;
  readonly #live: LiveStores;

  constructor(api: Api) {
    this.#live = new LiveStores(api, (event, id) => {
      this.ids.push(id);
      this.#record(event);
    });
  }

  get stores(): ReadonlyMap<string, Store> {
    return this.#live.stores;
  }

  /** Resolves once `test` holds; rejects with the stores' phases after `ms`. */
  until(what: string, test: (stores: Store[]) => boolean, ms?: number): Promise<Store[]> {
    return this.#live.until(what, test, ms);
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
    this.#live[Symbol.dispose]();
  }

  #record(event: StoresUpdate): void {
    if (event.type === 'snapshot') {
      this.snapshots += 1;
      for (const store of event.stores) this.#note(store);
      return;
    }
    for (const change of event.changes) {
      this.seqs.push(change.seq);
      if (change.type === 'store') this.#note(change.store);
    }
  }

  #note(store: Store): void {
    const seen = this.phases.get(store.name) ?? [];
    if (seen.at(-1) !== store.phase) this.phases.set(store.name, [...seen, store.phase]);
  }
}
