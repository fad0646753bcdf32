/**
 * Slows down whoever guesses passwords. Counts belong to a user and an address together, so nobody can lock out somebody
 * else, and to the address alone.
 */
import { TooManyRequestsError } from '@shopyard/contracts';
import type { AttemptLimit, KeptAttempts } from '../../storage/access-storage.ts';
import { secondsUntil } from '../../kit/seconds-until.ts';

const WITHIN_MS = 15 * 60_000;
const BY_USER = { most: 5, withinMs: WITHIN_MS };
const BY_ADDRESS = { most: 50, withinMs: WITHIN_MS };

export interface SignInLimit {
  /** Counts an attempt before it is made. Throws TooManyRequestsError. */
  attempt(name: string, address: string): Promise<void>;
  /** Takes it back once it has turned out right. */
  succeeded(name: string, address: string): Promise<void>;
  /** The same for somebody whose name is not known yet. */
  attemptAt(address: string): Promise<void>;
  succeededAt(address: string): Promise<void>;
}

export function createSignInLimit(attempts: KeptAttempts, now: () => Date): SignInLimit {
  const ofUser = (name: string, address: string): string => `${address} ${name.toLowerCase()}`;
  async function count(key: string, limit: AttemptLimit): Promise<void> {
    const at = now();
    const until = await attempts.count(key, limit, at);
    if (!until) return;
    const seconds = secondsUntil(until.getTime(), at.getTime());
    throw new TooManyRequestsError(
      `too many attempts to sign in from here: try again in ${Math.ceil(seconds / 60)} minutes`,
      seconds,
    );
  }
  return {
    async attempt(name, address) {
      await count(address, BY_ADDRESS);
      await count(ofUser(name, address), BY_USER);
    },
    attemptAt: (address) => count(address, BY_ADDRESS),
    succeededAt: (address) => attempts.forgive(address),
    async succeeded(name, address) {
      await attempts.forgive(address);
      await attempts.forget(ofUser(name, address));
    },
  };
}
