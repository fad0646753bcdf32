/**
 * 6 HUB: numbers every change, keeps recent ones for reconnecting clients, and wakes subscribers.
 *
 * A subscriber is a cursor, not a queue: we compute its next batch only once its socket can accept more. Subscribers
 * at the same position share one event object, so it is built and serialized once for all of them. Changes are
 * published in the order they happen; nothing here waits for a subscriber.
 */
import { randomBytes } from 'node:crypto';
import type { StoreChange, StoresUpdate } from '@shopyard/contracts';
import { mergeChanges } from './merge-changes.ts';
import { PUSH_WINDOW_MS } from './push-windows.ts';

/** Changes kept for slow or reconnecting readers (up to twice this). Beyond that a snapshot is smaller. */
const RING = 2048;

type Unnumbered<T> = T extends unknown ? Omit<T, 'seq'> : never;

/** One subscription. Must be disposed. */
export interface Subscription extends Disposable {
  /** Resolves with true once there are changes after `seq`, or with false when the signal aborts. */
  next: (seq: number) => Promise<boolean>;
}

export class Hub {
  /** Identifies this run of the server; sequence numbers from another run are meaningless here. */
  readonly epoch = randomBytes(6).toString('base64url');
  readonly #ring: StoreChange[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #listeners = new Set<() => void>();
  /**
   * Cached batch for subscribers that are current as of `#cachedFrom`. Anyone further behind gets one built on demand, so
   * we hold at most one.
   */
  #cached: StoresUpdate | undefined;
  #cachedFrom = 0;
  #seq = 0;
  #flushedSeq = 0;
  #flushedAt = -Infinity;
  #due = false;
  #subscribers = 0;

  /** Sequence number of the last change. */
  get seq(): number {
    return this.#seq;
  }

  /** Sequence number of the last flushed change. */
  get flushedSeq(): number {
    return this.#flushedSeq;
  }

  get subscribers(): number {
    return this.#subscribers;
  }

  publish(change: Unnumbered<StoreChange>): void {
    this.#ring.push({ ...change, seq: ++this.#seq });
    if (this.#ring.length > RING * 2) this.#ring.splice(0, RING);
    if (this.#due) return;
    this.#due = true;
    const rest = this.#flushedAt + PUSH_WINDOW_MS.list - performance.now();
    if (rest > 0) setTimeout(() => this.#flush(), rest);
    else queueMicrotask(() => this.#flush());
  }

  subscribe(signal: AbortSignal): Subscription {
    this.#subscribers += 1;
    let wake = (): void => undefined;
    const onAbort = (): void => wake();
    signal.addEventListener('abort', onAbort);
    return {
      next: async (seq) => {
        // A flush may bring only what a snapshot already contained.
        while (this.#flushedSeq <= seq && !signal.aborted) {
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

  /** Calls `notify` at each flush, until the returned function is called. */
  onFlush(notify: () => void): () => void {
    const listener = (): void => notify();
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The event id for a client that has seen everything up to `seq`. */
  idAt(seq: number): string {
    return `${this.epoch}:${seq}`;
  }

  /** Sequence number in an event id; undefined if the id is malformed or from another run or the future. */
  parseCursor(eventId: string): number | undefined {
    const [epoch, text = ''] = eventId.split(':');
    const seq = Number(text);
    return epoch === this.epoch && Number.isInteger(seq) && seq <= this.#seq ? seq : undefined;
  }

  /**
   * Changes after `seq` up to `flushedSeq`; undefined if `seq` is too old. Returns the same object to everyone who was
   * current at the previous flush.
   */
  batchAfter(seq: number): StoresUpdate | undefined {
    return seq === this.#cachedFrom ? (this.#cached ??= this.#changesAfter(seq)) : this.#changesAfter(seq);
  }

  #changesAfter(seq: number): StoresUpdate | undefined {
    const oldest = this.#ring[0]?.seq ?? this.#seq + 1;
    if (seq < oldest - 1) return undefined;
    const changes = mergeChanges(this.#ring.slice(seq - oldest + 1, this.#flushedSeq - oldest + 1));
    return { type: 'changes', changes };
  }

  #flush(): void {
    this.#due = false;
    this.#cachedFrom = this.#flushedSeq;
    this.#flushedSeq = this.#seq;
    this.#flushedAt = performance.now();
    this.#cached = undefined;
    for (const wake of this.#waiting) wake();
    for (const notify of this.#listeners) notify();
  }
}
