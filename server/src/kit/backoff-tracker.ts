/** How often something failed in a row, such as a store, and until when it is left alone. In memory: a restart tries at once. */

const MIN_MS = 500;
const MAX_MS = 60_000;
/** A failure this long after the one before is the first of another trouble. */
const FORGET_MS = 10 * 60_000;

export class Failures {
  readonly #now: () => Date;
  readonly #random: () => number;
  readonly #known = new Map<string, { count: number; notBefore: number }>();

  constructor(now: () => Date, random: () => number = Math.random) {
    this.#now = now;
    this.#random = random;
  }

  /** One more failure; returns the milliseconds to wait: doubled each time, jittered, capped. */
  note(id: string): number {
    const now = this.#now().getTime();
    const known = this.#known.get(id);
    const count = known && now - known.notBefore < FORGET_MS ? known.count + 1 : 1;
    const wait = Math.min(MAX_MS, MIN_MS * 2 ** (count - 1)) * (0.5 + this.#random() / 2);
    this.#known.set(id, { count, notBefore: now + wait });
    return wait;
  }

  /** Epoch milliseconds; 0 when it may be tried now. */
  notBefore(id: string): number {
    return this.#known.get(id)?.notBefore ?? 0;
  }

  clear(id: string): void {
    this.#known.delete(id);
  }

  /** Of all whose id begins like that. */
  clearAll(prefix: string): void {
    for (const id of this.#known.keys()) if (id.startsWith(prefix)) this.#known.delete(id);
  }
}
