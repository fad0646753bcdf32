/** Tracks consecutive failures and backoff by id, such as a store's. In memory: a restart retries at once. */

/** A failure this long after the previous one starts a new series. */
const FORGET_MS = 10 * 60_000;

export interface BackoffLimits {
  minMs: number;
  maxMs: number;
}

export interface BackoffTrackerOptions extends BackoffLimits {
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
    const { minMs, maxMs, now, random } = this.#options;
    const at = now().getTime();
    const known = this.#known.get(id);
    const count = known && at - known.notBefore < FORGET_MS ? known.count + 1 : 1;
    const wait = Math.min(maxMs, minMs * 2 ** (count - 1)) * (0.5 + random() / 2);
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
