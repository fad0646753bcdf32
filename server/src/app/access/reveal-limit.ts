/** Slows down whoever reads one store's login after another: nobody needs many, but somebody with a stolen session. */
import { type Caller, TooManyRequestsError } from '@shopyard/contracts';
import type { KeptAttempts } from '../../storage/access-storage.ts';

const LIMIT = { most: 10, withinMs: 3_600_000 };

/** Counts one reveal. Throws TooManyRequestsError. Callers without an account, who own the machine, are not counted. */
export type CountReveal = (caller: Caller) => Promise<void>;

export function createRevealLimit(attempts: KeptAttempts, now: () => Date): CountReveal {
  return async ({ user, by }) => {
    if (user.id === undefined && by !== 'proxy') return;
    const at = now();
    const until = await attempts.count(`reveal ${user.id ?? user.name}`, LIMIT, at);
    if (!until) return;
    const seconds = Math.max(1, Math.ceil((until.getTime() - at.getTime()) / 1000));
    throw new TooManyRequestsError(
      `you have read ${LIMIT.most} logins within an hour: try again in ${Math.ceil(seconds / 60)} minutes`,
      seconds,
    );
  };
}
