/** Whose a token is, and what it is good for now. */
import { timingSafeEqual } from 'node:crypto';
import type { TeamRole } from '@shopyard/contracts';
import { toAuditEntry } from '../../domain/audit-entry.ts';
import { digestOf } from '../../kit/secret.ts';
import type { KeptToken, KeptUser, People } from '../../storage/access-storage.ts';
import { isWithin, tokenIdIn } from './new-token.ts';
import type { Person } from './person.ts';
import { isDue } from './seen.ts';
import type { Visitor } from './sessions.ts';

/** The most that a service account may ever do in its team: what its tokens' scopes allow of it. */
const SERVICE_ROLE: TeamRole = 'owner';

type Held = Omit<Person, 'by' | 'token' | 'scopes'>;

/** `undefined` for one that is unknown, revoked, expired, or used from elsewhere than it may be. */
export type CheckToken = (given: string, visitor: Visitor) => Promise<Person | undefined>;

export function createTokenCheck({ people, now }: { people: People; now: () => Date }): CheckToken {
  const denied = new Map<string, string>();

  async function holderOf(token: KeptToken): Promise<Held | undefined> {
    if ('userId' in token) {
      const user = await people.users.find(token.userId);
      return user && user.disabledAt === undefined
        ? { id: user.id, name: user.name, ...grantsOf(user, token) }
        : undefined;
    }
    const account = await people.serviceAccounts.find(token.serviceAccountId);
    if (!account) return undefined;
    const { id, team, name } = account;
    return { id, name: `${team}/${name}`, roles: [], teams: { [team]: SERVICE_ROLE } };
  }

  /** Once in a while: whoever insists must not fill the disk. */
  async function noteElsewhere({ id }: KeptToken, { name, id: actorId }: Held, { address, client }: Visitor) {
    const at = now();
    if (!isDue(denied.get(id), at)) return;
    denied.set(id, at.toISOString());
    const caller = {
      user: { name, id: actorId },
      roles: [],
      via: 'rest',
      by: 'token',
      token: id,
      address,
      client,
    } as const;
    const entry = { caller, action: 'token', object: id, detail: 'from another network', outcome: 'denied' } as const;
    await people.write((writes) => writes.audit(toAuditEntry({ ...entry, at: at.toISOString() })));
  }

  return async (given, visitor) => {
    const id = tokenIdIn(given);
    const token = id === undefined ? undefined : await people.tokens.find(id);
    if (!token || !timingSafeEqual(Buffer.from(digestOf(given)), Buffer.from(token.digest))) return undefined;
    const at = now();
    if (token.expiresAt <= at.toISOString()) return undefined;
    const holder = await holderOf(token);
    if (!holder) return undefined;
    const { address } = visitor;
    if (!isWithin(token, address)) {
      await noteElsewhere(token, holder, visitor);
      return undefined;
    }
    if (isDue(token.usedAt, at)) await people.tokens.see(token.id, { at, address });
    return { ...holder, by: 'token', token: token.id, scopes: token.scopes };
  };
}

function grantsOf({ admin, teams }: KeptUser, { team }: KeptToken): Pick<Person, 'roles' | 'teams'> {
  if (team === undefined) return { roles: admin ? ['admin'] : [], teams };
  const role = admin ? 'owner' : teams[team];
  return { roles: [], teams: role ? { [team]: role } : {} };
}
