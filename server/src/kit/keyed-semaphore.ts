/** Helm operations at once: who gets none waits in order, and is called when one is free. */

export interface Slot {
  release(): void;
}

export class Slots {
  readonly #limit: number;
  readonly #onFree: (key: string) => void;
  readonly #held = new Set<string>();
  readonly #waiting = new Set<string>();

  /** `onFree` is called with the key whose turn it is; its slot is kept for it until it takes or withdraws. */
  constructor(limit: number, onFree: (key: string) => void) {
    this.#limit = limit;
    this.#onFree = onFree;
  }

  /** A slot, or undefined: then `onFree` calls later. One per key. */
  take(key: string): Slot | undefined {
    if (!this.#held.has(key) && this.#held.size >= this.#limit) {
      this.#waiting.add(key);
      return undefined;
    }
    this.#waiting.delete(key);
    this.#held.add(key);
    return { release: () => this.withdraw(key) };
  }

  /** The key needs no slot any more. */
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
