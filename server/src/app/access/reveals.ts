/**
 * Before somebody is let into a store as its administrator: they have signed in of late, say why, and don't read one login
 * after the other. Nobody needs many, but somebody with a stolen session does.
 */
import { type Caller, issueAt, ShopyardError, TooManyRequestsError } from '@shopyard/contracts';
import type { People } from '../../storage/access-storage.ts';
import { secondsUntil } from '../../kit/seconds-until.ts';

export const FRESH_MS = 10 * 60_000;
const LOGINS = { most: 10, withinMs: 3_600_000 };

export interface Reveals {
  /** Throws ShopyardError `sign_in_again`, or `validation_failed` without a reason. */
  assertMeant(caller: Caller, reason: string | undefined): Promise<void>;
  /** Counts one login that is read. Throws TooManyRequestsError. */
  count(caller: Caller): Promise<void>;
}

export function createReveals({ sessions, attempts }: Pick<People, 'sessions' | 'attempts'>, now: () => Date): Reveals {
  return {
    async assertMeant({ user, by, session }, reason) {
      // A token has its scope for this; whoever has no account owns the machine, or answers to the proxy.
      if (by !== 'session' || user.id === undefined) return;
      const freshAt = session === undefined ? undefined : await sessions.freshAt(session);
      if (freshAt === undefined || now().getTime() - Date.parse(freshAt) > FRESH_MS)
        throw new ShopyardError('sign_in_again', 'confirm your password first: you have signed in a while ago');
      if (reason !== undefined) return;
      const message = 'say why you need it: the audit trail keeps that';
      throw new ShopyardError('validation_failed', `reason: ${message}`, [issueAt(['reason'], message)]);
    },

    async count({ user, by }) {
      if (user.id === undefined && by !== 'proxy') return;
      const at = now();
      const until = await attempts.count(`reveal ${user.id ?? user.name}`, LOGINS, at);
      if (!until) return;
      const seconds = secondsUntil(until.getTime(), at.getTime());
      throw new TooManyRequestsError(
        `you have read ${LOGINS.most} logins within an hour: try again in ${Math.ceil(seconds / 60)} minutes`,
        seconds,
      );
    },
  };
}
