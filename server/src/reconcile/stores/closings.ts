/** How long changes keep shops closed, as watched from their beginning. Kept in memory alone. */
import { webOf } from '@shopyard/engines';
import { isResuming } from '../../domain/suspension.ts';
import type { Situation } from '../../domain/situation.ts';

interface Closing {
  generation: number;
  closedMs: number;
  /** Epoch milliseconds; absent while the shop is open. */
  since?: number | undefined;
}

export class Closings {
  readonly #closings = new Map<string, Closing>();

  /** Called with every look at the store. */
  note({ store, engine, view, now }: Situation): void {
    const { id, generation, observedGeneration, readyAt } = store;
    // It is closed because it was suspended.
    if (store.desired === 'suspended' || isResuming(store)) return void this.#closings.delete(id);
    let closing = this.#closings.get(id);
    if (closing?.generation !== generation) {
      this.#closings.delete(id);
      // A new store closes nothing, and of a change that began before this server its beginning is unknown.
      if (readyAt === undefined || observedGeneration >= generation) return;
      closing = { generation, closedMs: 0 };
      this.#closings.set(id, closing);
    }
    const web = webOf(engine).name;
    const isOpen = view.pods.some(({ component, ready, terminating }) => component === web && ready && !terminating);
    if (!isOpen) closing.since ??= now;
    else if (closing.since !== undefined) {
      closing.closedMs += now - closing.since;
      closing.since = undefined;
    }
  }

  /** Whole seconds that the store's present generation has kept its shop closed; `undefined` if unknown. Forgets it. */
  take(id: string): number | undefined {
    const closing = this.#closings.get(id);
    this.#closings.delete(id);
    return closing && Math.round(closing.closedMs / 1000);
  }
}
