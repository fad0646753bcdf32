/** Backoff for repairs that succeed but don't last, because something keeps changing the store. */
import type { StoreRecord } from '../../domain/store.ts';
import { BackoffTracker } from '../backoff.ts';

type Spec = Pick<StoreRecord, 'id' | 'generation' | 'resumedAt'>;

/** A new generation of a store starts without, and so does one that was resumed. */
export class RepairBackoff {
  readonly #tracker: BackoffTracker;

  constructor(now: () => Date) {
    this.#tracker = new BackoffTracker({ now });
  }

  /** `what`: a repaired item; see `repairsOf`. */
  note(store: Spec, what: string): void {
    this.#tracker.note(toKey(store, what));
  }

  /** Epoch milliseconds; 0 if the item may be repaired now. */
  notBefore(store: Spec, what: string): number {
    return this.#tracker.notBefore(toKey(store, what));
  }

  forget(id: string): void {
    this.#tracker.clearAll(`${id}/`);
  }
}

function toKey({ id, generation, resumedAt = '' }: Spec, what: string): string {
  return `${id}/${generation}/${resumedAt}/${what}`;
}
