/**
 * How long a reconciler waits after failures and after repairs that didn't last, by id, such as a store's. In memory: a
 * restart retries at once.
 */

const MIN_MS = 500;
const MAX_MS = 60_000;

/** A failure this long after the previous one starts a new series. */
const FORGET_MS = 10 * 60_000;

export interface BackoffTrackerOptions {
  now: () => Date;
  random?: () => number;
}

export class BackoffTracker {
  readonly #options: Required<BackoffTrackerOptions>;
  readonly #known = new Map<string, { count: number; notBefore: number }>();

  constructor(options: BackoffTrackerOptions) {
    this.#options = { random: Math.random, ...options };
  }

  /** Records a failure. Returns the wait in milliseconds: doubled each time, jittered, capped. */
  note(id: string): number {
    const { now, random } = this.#options;
    const at = now().getTime();
    const known = this.#known.get(id);
    const count = known && at - known.notBefore < FORGET_MS ? known.count + 1 : 1;
    const wait = Math.min(MAX_MS, MIN_MS * 2 ** (count - 1)) * (0.5 + random() / 2);
    this.#known.set(id, { count, notBefore: at + wait });
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
