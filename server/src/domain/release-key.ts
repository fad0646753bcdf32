/** Changes whenever a store's release does. */
import type { StoreObservation } from './observation.ts';

export function releaseKey({ release }: Pick<StoreObservation, 'release'>): string {
  return `${release?.revision} ${release?.status}`;
}
