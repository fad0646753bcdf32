/** What everybody may do with their own account. */
import { type Caller, issueAt, type Session, ShopyardError } from '@shopyard/contracts';
import type { AccessService } from '@shopyard/contracts/services';
import { createDeeds, toAuditEntry } from '../../domain/audit-entry.ts';
import type { KeptUser, People } from '../../storage/access-storage.ts';
import { type Passwords, passwordProblem } from './passwords.ts';
import { FRESH_MS } from './reveals.ts';
import type { Sessions } from './sessions.ts';

export type OwnAccount = Pick<AccessService, 'me' | 'sessions' | 'endSession' | 'changePassword' | 'confirmPassword'>;

export interface OwnAccountOptions {
  people: People;
  sessions: Sessions;
  passwords: Passwords;
  /** Throws where passwords let nobody in. */
  assertPasswords: () => void;
  now: () => Date;
  onRevoked: () => void;
}

interface Confirmed {
  /** Of the input. */
  field: string;
  caller: Caller;
  action: string;
}

export function createOwnAccount({
  people,
  sessions,
  passwords,
  assertPasswords,
  now,
  onRevoked,
}: OwnAccountOptions): OwnAccount {
  const deed = createDeeds(now);
  const sessionsOf = async ({ user, session: current }: Caller): Promise<Session[]> => {
    if (user.id === undefined) return [];
    return (await sessions.ofUser(user.id)).map(({ digest: id, userId: _own, freshAt: _fresh, ...session }) => ({
      id,
      current: id === current,
      ...session,
    }));
  };
  /** Whoever has a session could guess otherwise. Throws a ShopyardError. */
  async function assertOwn(user: KeptUser, password: string, { field, ...call }: Confirmed): Promise<void> {
    const { address = '' } = call.caller;
    if (await passwords.verify(password, user.passwordHash, { name: user.name, address })) return;
    await people.write((writes) =>
      writes.audit(toAuditEntry({ ...call, at: now().toISOString(), outcome: 'denied', detail: 'wrong password' })),
    );
    throw invalid(field, 'this is not your password');
  }
  return {
    async me({ user, roles, teams = {}, by = 'open', scopes, session }) {
      const freshAt =
        session === undefined || user.id === undefined ? undefined : await people.sessions.freshAt(session);
      return {
        name: user.name,
        roles: [...roles],
        teams: { ...teams },
        by,
        account: user.id !== undefined && scopes === undefined,
        ...(freshAt === undefined ? {} : { freshUntil: new Date(Date.parse(freshAt) + FRESH_MS).toISOString() }),
      };
    },

    sessions: sessionsOf,

    async endSession(id, caller) {
      if (!(await sessionsOf(caller)).some((session) => session.id === id))
        throw new ShopyardError('not_found', 'there is no session with this id, or it has ended');
      await people.write(async (writes) => {
        await writes.sessions.end(id);
        await writes.audit(deed('access.endSession', caller));
      });
      onRevoked();
      return {};
    },

    async confirmPassword({ password }, caller) {
      const user = await requireAccount(people, caller);
      const { session } = caller;
      if (session === undefined) throw new ShopyardError('unavailable', 'only a session is confirmed by its password');
      await assertOwn(user, password, { field: 'password', caller, action: 'access.confirmPassword' });
      await people.write(async (writes) => {
        await writes.sessions.confirm(session, now().toISOString());
        await writes.audit(deed('access.confirmPassword', caller));
      });
      return {};
    },

    async changePassword({ current, next }, caller) {
      assertPasswords();
      const user = await requireAccount(people, caller);
      await assertOwn(user, current, { field: 'current', caller, action: 'access.changePassword' });
      const problem = passwordProblem(next, user.name);
      if (problem !== undefined) throw invalid('next', problem);
      const passwordHash = await passwords.hash(next);
      await people.write(async (writes) => {
        await writes.users.change(user.id, { passwordHash });
        await writes.sessions.endOfUser(user.id, caller.session);
        await writes.audit(deed('access.changePassword', caller));
      });
      onRevoked();
      return {};
    },
  };
}

async function requireAccount({ users }: People, { user }: Caller): Promise<KeptUser> {
  const found = user.id === undefined ? undefined : await users.find(user.id);
  if (found?.passwordHash === undefined)
    throw new ShopyardError('unavailable', 'you have no password here: your sign-in is made elsewhere');
  return found;
}

function invalid(field: string, why: string): ShopyardError {
  return new ShopyardError('validation_failed', why, [issueAt([field], why)]);
}
