/** Looks at the shop of a Ready store now and then: what a merchant sells changes, and so may whether it works at all. Pure. */
import type { Sighting, StoreState } from './store.ts';

const EVERY_MS = 5 * 60_000;
const FAILING_EVERY_MS = 20_000;
/** One failure may be a hiccup: the store is Degraded from the second in a row. */
const FAILURES = 2;

/**
 * Epoch milliseconds of the next look at a store that was seen to work. `visitedAt`: when a customer last came, where a look
 * would wake a store that sleeps; Infinity elsewhere.
 */
export function recheckAt({ sighting, held }: StoreState, visitedAt: number): number {
  if (!sighting?.at || held) return Infinity;
  const at = Date.parse(sighting.at);
  if (visitedAt < at) return Infinity;
  return at + (sighting.failures ? FAILING_EVERY_MS : EVERY_MS);
}

/** What is wrong with the shop of a store that was seen to work; undefined when nothing is. */
export function shopTrouble({ sighting }: StoreState): Sighting | undefined {
  return (sighting?.failures ?? 0) >= FAILURES ? sighting : undefined;
}
