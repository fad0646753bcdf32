/** Tracks consecutive failures and backoff by id, such as a store's. In memory: a restart retries at once. */

const MIN_MS = 500;
const MAX_MS = 60_000;
/** A failure this long after the previous one starts a new series. */
const FORGET_MS = 10 * 60_000;

export class BackoffTracker {
  readonly #now: () => Date;
  readonly #random: () => number;
  readonly #known = new Map<string, { count: number; notBefore: number }>();

  constructor(now: () => Date, random: () => number = Math.random) {
    this.#now = now;
    this.#random = random;
  }

  /** Records a failure. Returns the wait in milliseconds: doubled each time, jittered, capped. */
  note(id: string): number {
    const now = this.#now().getTime();
    const known = this.#known.get(id);
    const count = known && now - known.notBefore < FORGET_MS ? known.count + 1 : 1;
    const wait = Math.min(MAX_MS, MIN_MS * 2 ** (count - 1)) * (0.5 + this.#random() / 2);
    this.#known.set(id, { count, notBefore: now + wait });
    return wait;
  }

  /** Epoch milliseconds; 0 if a retry is allowed now. */
  notBefore(id: string): number {
    return this.#known.get(id)?.notBefore ?? 0;
  }

  clear(id: string): void {
    this.#known.delete(id);
  }

  /** Clears every id with this prefix. */
  clearAll(prefix: string): void {
    for (const id of this.#known.keys()) if (id.startsWith(prefix)) this.#known.delete(id);
  }
}
