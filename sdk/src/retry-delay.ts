export interface DelayRange {
  /** Milliseconds before the first retry. */
  first: number;
  /** Maximum, in milliseconds. */
  most: number;
}

/**
 * Milliseconds to wait before retry number `attempt`, counted from 0. The delay doubles, and is drawn from the upper
 * half of its range so that clients don't reconnect all at once.
 */
export function retryDelay(attempt: number, { first, most }: DelayRange, random: () => number = Math.random): number {
  return Math.min(most, first * 2 ** attempt) * (0.5 + random() / 2);
}
