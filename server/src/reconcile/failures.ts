/** How often a store failed in a row, and until when it is left alone. In memory: a restart tries at once. */

const MIN_MS = 500;
const MAX_MS = 60_000;

export class Failures {
  readonly #now: () => Date;
  readonly #random: () => number;
  readonly #stores = new Map<string, { count: number; notBefore: number }>();

  constructor(now: () => Date, random: () => number = Math.random) {
    this.#now = now;
    this.#random = random;
  }

  /** One more failure; returns the milliseconds to wait: doubled each time, jittered, capped. */
  note(id: string): number {
    const count = (this.#stores.get(id)?.count ?? 0) + 1;
    const wait = Math.min(MAX_MS, MIN_MS * 2 ** (count - 1)) * (0.5 + this.#random() / 2);
    this.#stores.set(id, { count, notBefore: this.#now().getTime() + wait });
    return wait;
  }

  /** Epoch milliseconds; 0 when it may be tried now. */
  notBefore(id: string): number {
    return this.#stores.get(id)?.notBefore ?? 0;
  }

  clear(id: string): void {
    this.#stores.delete(id);
  }
}
