/**
 * 6 HUB: numbers every change, keeps the latest for those who come back, and tells subscribers of them.
 *
 * A subscriber is no more than the number of the last change that it has: what came after is looked up when it can take
 * more, and all that have the same number are given the same event, so that it is made and written once for all of them.
 * Changes are published in the order in which they were made; nothing here waits for a subscriber.
 */
import { randomBytes } from 'node:crypto';
import type { StoreChange, StoresEvent } from '@shopyard/contracts';
import { mergeChanges } from './merge-changes.ts';

/** Changes kept, and up to as many again, for readers that are slow or come back. For more a snapshot is the shorter news. */
const RING = 2048;
/** Least time between two tellings: the first change of a quiet period is told of at once, the next ones together. */
const WINDOW_MS = 50;

type Unnumbered<T> = T extends unknown ? Omit<T, 'seq'> : never;

/** One subscriber's place in the line; it must be disposed of. */
export interface Turns extends Disposable {
  /** Resolves with true as soon as there is more than what came up to `seq`, with false when the signal aborts. */
  next: (seq: number) => Promise<boolean>;
}

export class EventHub {
  /** Names this run of the server: sequence numbers of another run mean nothing here. */
  readonly epoch = randomBytes(6).toString('base64url');
  readonly #ring: StoreChange[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #listeners = new Set<() => void>();
  /** What came after `#before`, which is what most have seen; for others it is made anew, so that no more than this is held. */
  #news: StoresEvent | undefined;
  #before = 0;
  #seq = 0;
  #told = 0;
  #toldAt = -Infinity;
  #due = false;
  #subscribers = 0;

  /** The last change's number. */
  get seq(): number {
    return this.#seq;
  }

  /** The number of the last change that subscribers know of, or can know of. */
  get told(): number {
    return this.#told;
  }

  get subscribers(): number {
    return this.#subscribers;
  }

  publish(change: Unnumbered<StoreChange>): void {
    this.#ring.push({ ...change, seq: ++this.#seq });
    if (this.#ring.length > RING * 2) this.#ring.splice(0, RING);
    if (this.#due) return;
    this.#due = true;
    const rest = this.#toldAt + WINDOW_MS - performance.now();
    if (rest > 0) setTimeout(() => this.#tell(), rest);
    else queueMicrotask(() => this.#tell());
  }

  subscribe(signal: AbortSignal): Turns {
    this.#subscribers += 1;
    let wake = (): void => undefined;
    const onAbort = (): void => wake();
    signal.addEventListener('abort', onAbort);
    return {
      next: async (seq) => {
        if (this.#told <= seq && !signal.aborted) {
          await new Promise<void>((resolve) => this.#waiting.add((wake = resolve)));
          this.#waiting.delete(wake);
        }
        return !signal.aborted;
      },
      [Symbol.dispose]: () => {
        signal.removeEventListener('abort', onAbort);
        this.#subscribers -= 1;
      },
    };
  }

  /** Calls `notify` whenever subscribers are told of changes, until the result is called. */
  onTold(notify: () => void): () => void {
    const listener = (): void => notify();
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The id of a state that has seen everything up to `seq`. */
  idAt(seq: number): string {
    return `${this.epoch}:${seq}`;
  }

  /** The number in the id of an event; undefined when it is of another run. */
  seqOf(eventId: string): number | undefined {
    const [epoch, text = ''] = eventId.split(':');
    const seq = Number(text);
    return epoch === this.epoch && Number.isInteger(seq) && seq <= this.#seq ? seq : undefined;
  }

  /** What came after `seq` and up to `told`, the same object for all who were told last time; undefined when it is too old. */
  newsAfter(seq: number): StoresEvent | undefined {
    return seq === this.#before ? (this.#news ??= this.#changesAfter(seq)) : this.#changesAfter(seq);
  }

  #changesAfter(seq: number): StoresEvent | undefined {
    const oldest = this.#ring[0]?.seq ?? this.#seq + 1;
    if (seq < oldest - 1) return undefined;
    const changes = mergeChanges(this.#ring.slice(seq - oldest + 1, this.#told - oldest + 1));
    return { type: 'changes', changes };
  }

  #tell(): void {
    this.#due = false;
    this.#before = this.#told;
    this.#told = this.#seq;
    this.#toldAt = performance.now();
    this.#news = undefined;
    for (const wake of this.#waiting) wake();
    for (const notify of this.#listeners) notify();
  }
}
