/** Limits how often one visitor may do something that costs much. */
export class RateLimit {
  readonly #most: number;
  readonly #windowMs: number;
  /** Number and end of each visitor's window. */
  #counts = new Map<string, { count: number; until: number }>();

  constructor({ most, windowMs }: { most: number; windowMs: number }) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Counts one try; false if it is one too many. `now`: milliseconds. */
  takes(visitor: string, now: number): boolean {
    const known = this.#counts.get(visitor);
    if (!known || known.until <= now) {
      this.#forget(now);
      this.#counts.set(visitor, { count: 1, until: now + this.#windowMs });
      return true;
    }
    known.count += 1;
    return known.count <= this.#most;
  }

  #forget(now: number): void {
    this.#counts = new Map([...this.#counts].filter(([, { until }]) => until > now));
  }
}
