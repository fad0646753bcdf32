/** Whole seconds from `at` to `until`, both in epoch milliseconds; at least 1, so that nobody tries again at once. */
export function secondsUntil(until: number, at: number): number {
  return Math.max(1, Math.ceil((until - at) / 1000));
}
