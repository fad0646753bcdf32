/** Codes that work once: who holds one is let in, so only their digests are kept. */
import type { Caller, OnceCode } from '@shopyard/contracts';
import { toAuditEntry } from '../../domain/audit-entry.ts';
import { digestOf, newSecret } from '../../kit/secret.ts';
import type { CodeKind, KeptCode, People, PeopleWrites } from '../../storage/access-storage.ts';

const MINUTE_MS = 60_000;
const LIFETIMES_MS: Record<CodeKind, number> = {
  'sign-in': 10 * MINUTE_MS,
  'set-up': 60 * MINUTE_MS,
  invitation: 7 * 24 * 60 * MINUTE_MS,
};

const ACTIONS: Record<CodeKind, string> = {
  'sign-in': 'access.createSignInCode',
  'set-up': 'access.createSetUpCode',
  invitation: 'access.inviteUser',
};
/** The operator ends it, by creating the first account. */
const NEVER = '9999-12-31T00:00:00.000Z';
/** What the server does without being asked. */
const SERVER: Caller = { user: { name: 'server' }, roles: ['admin'], via: 'environment' };

export interface Codes {
  /** `caller`: who asks for it; absent for the server itself, which prints it. */
  issue(kind: CodeKind, caller?: Caller): Promise<OnceCode>;
  /** The same, in a change that somebody else makes. */
  issueIn(writes: PeopleWrites, kind: CodeKind, userId?: string): Promise<OnceCode>;
  /** Keeps a set-up code that the operator chose, instead of one of ours. It is good until there is an account. */
  keepGiven(code: string): Promise<void>;
  /** Uses it up. `undefined` for one that is unknown, used or expired. */
  take(writes: PeopleWrites, kind: CodeKind, code: string): Promise<KeptCode | undefined>;
}

export function createCodes(people: Pick<People, 'write'>, now: () => Date): Codes {
  const issueIn: Codes['issueIn'] = async (writes, kind, userId) => {
    const code = newSecret();
    const at = now();
    const expiresAt = new Date(at.getTime() + LIFETIMES_MS[kind]).toISOString();
    await writes.codes.keep({ digest: digestOf(code), kind, expiresAt, ...(userId ? { userId } : {}) }, at);
    return { code, expiresAt };
  };
  return {
    issueIn,
    issue: (kind, caller = SERVER) =>
      people.write(async (writes) => {
        await writes.audit(toAuditEntry({ caller, action: ACTIONS[kind], at: now().toISOString() }));
        return issueIn(writes, kind);
      }),
    keepGiven: (code) =>
      people.write(async (writes) => {
        const at = now();
        await writes.audit(toAuditEntry({ caller: SERVER, action: ACTIONS['set-up'], at: at.toISOString() }));
        await writes.codes.keep({ digest: digestOf(code), kind: 'set-up', expiresAt: NEVER }, at);
      }),
    take: (writes, kind, code) => writes.codes.take(digestOf(code), kind, now()),
  };
}
