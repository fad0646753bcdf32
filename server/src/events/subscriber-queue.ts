/**
 * What one subscriber has not been given yet: bounded, and merged where that loses nothing.
 *
 * A newer state of a store replaces an older one of the same phase, so every phase is seen, in order. A
 * subscriber that falls too far behind is told that it `overflowed` and gets a snapshot instead.
 */
import type { StoreChange } from '@shopyard/contracts';

/** Changes held for one subscriber; at about 1 KiB each this is what a slow reader may cost. */
const MAX_PENDING = 4096;

/** Least time between two batches: the first change of a quiet period goes out at once. */
const WINDOW_MS = 50;

export type Batch = { overflowed: false; changes: StoreChange[] } | { overflowed: true };

export class SubscriberQueue {
  readonly #pending = new Map<number, StoreChange>();
  /** Per store: the last change of it that is pending. */
  readonly #last = new Map<string, StoreChange & { type: 'store' }>();
  readonly #onClose: () => void;
  #overflowed = false;
  #wake: (() => void) | undefined;
  #closed = false;

  constructor(onClose: () => void) {
    this.#onClose = onClose;
  }

  push(change: StoreChange): void {
    if (this.#closed || this.#overflowed) return;
    if (change.type === 'store') {
      const last = this.#last.get(change.store.id);
      if (last && last.store.phase === change.store.phase) this.#pending.delete(last.seq);
      this.#last.set(change.store.id, change);
    } else if (change.type === 'removed') this.#last.delete(change.id);
    this.#pending.set(change.seq, change);
    if (this.#pending.size > MAX_PENDING) this.#overflow();
    this.#wake?.();
  }

  /** Batches as they come, until the signal aborts or the queue is closed. */
  async *batches(signal: AbortSignal): AsyncGenerator<Batch> {
    const wake = (): void => this.#wake?.();
    signal.addEventListener('abort', wake);
    try {
      while (!signal.aborted && !this.#closed) {
        if (this.#pending.size === 0 && !this.#overflowed) {
          await new Promise<void>((resolve) => (this.#wake = resolve));
          this.#wake = undefined;
          continue;
        }
        const sent = performance.now();
        yield this.#take();
        const rest = WINDOW_MS - (performance.now() - sent);
        if (rest > 0) await pause(rest);
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  close(): void {
    this.#closed = true;
    this.#onClose();
    this.#wake?.();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #take(): Batch {
    if (this.#overflowed) {
      this.#overflowed = false;
      return { overflowed: true };
    }
    const changes = [...this.#pending.values()];
    this.#pending.clear();
    this.#last.clear();
    return { overflowed: false, changes };
  }

  #overflow(): void {
    this.#overflowed = true;
    this.#pending.clear();
    this.#last.clear();
  }
}

/** Those who wait, by the turn of the window that they wait for: one timer for all of them. */
const turns = new Map<number, Promise<void>>();

/** Resolves after `ms`, or up to a tenth of the window later. */
function pause(ms: number): Promise<void> {
  const turn = Math.ceil((performance.now() + ms) / (WINDOW_MS / 10));
  let waiting = turns.get(turn);
  if (!waiting) {
    waiting = new Promise((resolve) => {
      setTimeout(
        () => {
          turns.delete(turn);
          resolve();
        },
        turn * (WINDOW_MS / 10) - performance.now(),
      );
    });
    turns.set(turn, waiting);
  }
  return waiting;
}
