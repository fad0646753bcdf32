/** Limits concurrent helm operations: waiters queue in order and are called when a slot is free. */

export interface Slot {
  release(): void;
}

export class HelmSlots {
  readonly #limit: number;
  readonly #onFree: (key: string) => void;
  readonly #held = new Set<string>();
  readonly #waiting = new Set<string>();

  /** Calls `onFree` with the next key in line; its slot stays reserved until it takes it or withdraws. */
  constructor(limit: number, onFree: (key: string) => void) {
    this.#limit = limit;
    this.#onFree = onFree;
  }

  /** Returns a slot, or `undefined` and calls `onFree` later. One slot per key. */
  take(key: string): Slot | undefined {
    if (!this.#held.has(key) && this.#held.size >= this.#limit) {
      this.#waiting.add(key);
      return undefined;
    }
    this.#waiting.delete(key);
    this.#held.add(key);
    return { release: () => this.withdraw(key) };
  }

  /** Gives up the key's slot or its place in the queue. */
  withdraw(key: string): void {
    this.#waiting.delete(key);
    if (!this.#held.delete(key)) return;
    const [next] = this.#waiting;
    if (next === undefined) return;
    this.#waiting.delete(next);
    this.#held.add(next);
    this.#onFree(next);
  }
}
