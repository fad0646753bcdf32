/** How often each caller may call. Whoever reaches this machine's server without an account is not held to it. */
import { TooManyRequestsError } from '@shopyard/contracts';
import type { Admit, Identity } from './identity.ts';
import { secondsUntil } from '../kit/seconds-until.ts';

const MINUTE_MS = 60_000;
/** Calls of each token, and changes by each caller, whichever browser or token they come with. */
const CALLS = { most: 600, what: 'calls with this token' };
const WRITES = { most: 30, what: 'changes' };
/** Windows that are over are looked for at this number of callers. */
const MANY = 1000;

export function createCallRates(now: () => Date): Admit {
  const windows = new Map<string, { count: number; until: number }>();
  const count = (key: string, { most, what }: typeof CALLS): void => {
    const at = now().getTime();
    if (windows.size >= MANY) for (const [other, { until }] of windows) if (until <= at) windows.delete(other);
    const known = windows.get(key);
    const current = known && known.until > at ? known : { count: 0, until: at + MINUTE_MS };
    windows.set(key, current);
    if (current.count >= most) {
      const seconds = secondsUntil(current.until, at);
      throw new TooManyRequestsError(`at most ${most} ${what} within a minute: try again in ${seconds} s`, seconds);
    }
    current.count += 1;
  };
  return (identity, type) => {
    if (identity.token !== undefined) count(`token ${identity.token}`, CALLS);
    if (type === 'mutation' && isSomebody(identity)) count(identity.key, WRITES);
  };
}

const isSomebody = ({ id, by }: Identity): boolean => id !== undefined || by === 'proxy';
