/** Signing in: by password, or by a code that works once. */
import { issueAt, ShopyardError, type SignIn } from '@shopyard/contracts';
import type { KeptUser, People, PeopleWrites } from '../../storage/access-storage.ts';
import type { NewAuditEntry } from '../../storage/audit-storage.ts';
import { newUserId } from './accounts.ts';
import type { Codes } from './codes.ts';
import { type Passwords, passwordProblem } from './passwords.ts';
import type { Sessions, Visitor } from './sessions.ts';

export interface SignInOptions {
  people: People;
  sessions: Sessions;
  codes: Codes;
  passwords: Passwords;
  now: () => Date;
  hasAccounts: () => boolean;
}

/** Whoever tries to sign in with a name that no user has. */
const UNKNOWN = '(unknown)';

/** Returns the secret of a new session. Throws ShopyardError, `unauthorized` in the same words for whatever is wrong. */
export type SignInBy = (input: SignIn, visitor: Visitor) => Promise<string>;

export function createSignIn(options: SignInOptions): SignInBy {
  const { people, sessions, codes, passwords, now, hasAccounts } = options;

  const signedIn = (actor: string, { address, client }: Visitor) =>
    ({
      at: now().toISOString(),
      actor,
      via: 'session',
      action: 'sign-in',
      address,
      client: client.slice(0, 200),
    }) as const;
  const failed = (name: string, visitor: Visitor): NewAuditEntry => ({
    ...signedIn(name, visitor),
    by: 'none',
    outcome: 'denied',
  });
  async function begin(
    writes: PeopleWrites,
    visitor: Visitor,
    { user, detail }: { user?: KeptUser; detail: string },
  ): Promise<string> {
    const who = user ? { actorId: user.id } : {};
    await writes.audit({ ...signedIn(user?.name ?? 'local', visitor), ...who, by: 'session', outcome: 'ok', detail });
    return sessions.begin(writes, visitor, { userId: user?.id });
  }

  async function byPassword({ name, password }: Extract<SignIn, { name: string }>, visitor: Visitor): Promise<string> {
    const user = await people.users.findByName(name.toLowerCase());
    const isRight = await passwords.verify(password, user?.passwordHash, { name, address: visitor.address });
    if (!user || !isRight || user.disabledAt !== undefined) {
      // Some type their password here: the trail keeps only names of users.
      await people.write((writes) => writes.audit(failed(user?.name ?? UNKNOWN, visitor)));
      throw new ShopyardError('unauthorized', 'the name or the password is wrong');
    }
    return people.write((writes) => begin(writes, visitor, { user, detail: 'password' }));
  }

  const byCode = (code: string, visitor: Visitor): Promise<string> =>
    people.write(async (writes) => {
      if (hasAccounts() || !(await codes.take(writes, 'sign-in', code)))
        throw new ShopyardError(
          'unauthorized',
          'this sign-in link was used or has expired: run "npm run sign-in" for another one',
        );
      return begin(writes, visitor, { detail: 'link' });
    });

  type Take = (writes: PeopleWrites, passwordHash: string) => Promise<KeptUser>;

  /** Sets the password of whoever `take` lets in, and signs in. */
  async function choose({ password, name = '' }: { password: string; name?: string }, visitor: Visitor, take: Take) {
    const problem = passwordProblem(password, name);
    if (problem !== undefined) throw new ShopyardError('validation_failed', problem, [issueAt(['password'], problem)]);
    const hash = await passwords.hash(password);
    return people.write(async (writes) => {
      const user = await take(writes, hash);
      return begin(writes, visitor, { user, detail: name === '' ? 'invitation' : 'set-up' });
    });
  }

  const invited = (code: string): Take => {
    return async (writes, passwordHash) => {
      const userId = (await codes.take(writes, 'invitation', code))?.userId;
      const user = userId === undefined ? undefined : await writes.users.change(userId, { passwordHash });
      if (!user || user.disabledAt !== undefined)
        throw new ShopyardError('unauthorized', 'this invitation was used or has expired: ask for another one');
      await writes.sessions.endOfUser(user.id);
      return user;
    };
  };

  const first = (code: string, name: string): Take => {
    return async (writes, passwordHash) => {
      const isFirst = (await writes.users.list()).length === 0;
      const user = { id: newUserId(), name, admin: true, teams: {}, passwordHash, createdAt: now().toISOString() };
      if (!(await codes.take(writes, 'set-up', code)) || !isFirst || !(await writes.users.create(user)))
        throw new ShopyardError(
          'unauthorized',
          'this set-up link was used or has expired: run "npm run set-up", or restart the server, for another one',
        );
      return user;
    };
  };

  return (input, visitor) => {
    if ('code' in input) return byCode(input.code, visitor);
    if ('invitation' in input) return choose(input, visitor, invited(input.invitation));
    if ('setUp' in input) return choose(input, visitor, first(input.setUp, input.name));
    return byPassword(input, visitor);
  };
}
