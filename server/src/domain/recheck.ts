/** Schedules storefront checks of Ready stores: catalogues change, and shops can break. Pure. */
import { isReason, type Reason } from '@shopyard/contracts';
import type { StoreRecord } from './store.ts';

const EVERY_MS = 5 * 60_000;
const FAILING_EVERY_MS = 20_000;
/** A single failure may be a hiccup: the second consecutive one makes the store Degraded. */
const FAILURES = 2;

/**
 * Time of the next check of a store that has worked, in epoch milliseconds. `visitedAt`: the last customer visit if a
 * check would wake a sleeping store; Infinity otherwise.
 */
export function recheckAt({ sighting, held }: StoreRecord, visitedAt: number): number {
  if (!sighting?.at || held) return Infinity;
  const at = Date.parse(sighting.at);
  if (visitedAt < at) return Infinity;
  return at + (sighting.failures ? FAILING_EVERY_MS : EVERY_MS);
}

/** The problem with the shop of a store that has worked; `undefined` if there is none. */
export function shopTrouble({ sighting }: StoreRecord): { reason: Reason; message: string } | undefined {
  if (!sighting || (sighting.failures ?? 0) < FAILURES || !isReason(sighting.reason)) return undefined;
  return { reason: sighting.reason, message: sighting.message };
}
