/** Exponential backoff with jitter between attempts to connect. A reconciler's backoff is in reconcile/backoff.ts. */

export interface Backoff {
  /** Milliseconds to wait before the next attempt. */
  next(): number;
  reset(): void;
}

/** Doubles from `minMs` to `maxMs`; each wait is random between half and all of the interval. */
export function createBackoff(minMs: number, maxMs: number, random: () => number = Math.random): Backoff {
  let failures = 0;
  return {
    next() {
      const ceiling = Math.min(maxMs, minMs * 2 ** failures);
      failures += 1;
      return ceiling * (0.5 + random() / 2);
    },
    reset() {
      failures = 0;
    },
  };
}
