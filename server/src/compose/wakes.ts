/** Made first and connected last: whoever notices something wakes who has to look, without knowing them. */
import { Wake } from '../kit/wake.ts';

export interface Wakes {
  /** Keys are ids of stores. */
  store: Wake;
  /** What the server says about itself may have changed; the key is PLATFORM. */
  platform: Wake;
}

export const PLATFORM = 'platform';

export function createWakes(): Wakes {
  return { store: new Wake(), platform: new Wake() };
}
