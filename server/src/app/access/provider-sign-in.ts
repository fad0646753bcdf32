/** Lets in whom an identity provider vouches for, in the roles that their groups have here. */
import { PROVIDER_REFUSALS, type ProviderRefusal, ShopyardError, userNameSchema } from '@shopyard/contracts';
import type { GroupGrant } from '../../domain/group-grants.ts';
import { grantsOf } from '../../domain/group-grants.ts';
import type { KeptUser, People, PeopleWrites } from '../../storage/access-storage.ts';
import { newUserId } from './accounts.ts';
import type { BegunSignIn, IdentityProvider, Vouched } from './identity-provider.ts';
import type { Sessions, Visitor } from './sessions.ts';
import { createSignInLimit } from './sign-in-limit.ts';

/** Nobody tells us that a group was taken away, so its members come back to the provider within a working day. */
const SESSION_MS = 8 * 3_600_000;
const MAX_NAME = 56;

/** The provider let nobody in. */
export class ProviderError extends ShopyardError {
  readonly why: ProviderRefusal;

  constructor(why: ProviderRefusal) {
    super('unauthorized', PROVIDER_REFUSALS[why]);
    this.why = why;
  }
}

export interface ProviderSignInOptions {
  people: People;
  sessions: Sessions;
  provider: IdentityProvider;
  table: readonly GroupGrant[];
  now: () => Date;
}

export interface ProviderSignIn {
  /** Throws ProviderError. */
  begin(redirectUri: string): Promise<BegunSignIn>;
  /** Returns the secret of a new session. Throws ProviderError, and TooManyRequestsError. */
  finish(answer: URL, kept: string, visitor: Visitor): Promise<string>;
}

export function createProviderSignIn(options: ProviderSignInOptions): ProviderSignIn {
  const { people, sessions, provider, table, now } = options;
  const limit = createSignInLimit(people.attempts, now);
  const entry = ({ address, client }: Visitor, detail: string) => ({
    at: now().toISOString(),
    via: 'session' as const,
    action: 'sign-in',
    address,
    client: client.slice(0, 200),
    detail,
  });
  const refused = (visitor: Visitor, name: string, why: string) =>
    ({ ...entry(visitor, why), actor: name, by: 'none', outcome: 'denied' }) as const;

  /** Takes what the groups no longer give, even from whoever is then refused. */
  async function grant(writes: PeopleWrites, { groups, ...identity }: Vouched): Promise<KeptUser | ProviderRefusal> {
    const granted = grantsOf(groups, table);
    const known = await writes.identities.userOf(identity);
    const hasRole = granted.admin || Object.keys(granted.teams).length > 0;
    if (known === undefined && !hasRole) return 'no-role';
    const before = await writes.users.list();
    if (!granted.admin && !before.some(({ admin }) => admin)) return 'no-admin';
    for (const id of Object.keys(granted.teams)) await writes.teams.create({ id, limits: {} }, now().toISOString());
    const id = known ?? (await createUser(writes, identity, before));
    await writes.users.grant(id, granted);
    const user = await writes.users.find(id);
    if (!user || user.disabledAt !== undefined) return 'disabled';
    return user.admin || Object.keys(user.teams).length > 0 ? user : 'no-role';
  }

  async function createUser(writes: PeopleWrites, identity: Omit<Vouched, 'groups'>, all: readonly KeptUser[]) {
    const name = freeName(identity.name, new Set(all.map((user) => user.name)));
    const user = { id: newUserId(), name, admin: false, teams: {}, createdAt: now().toISOString() };
    await writes.users.create(user);
    await writes.identities.add(identity, user.id);
    return user.id;
  }

  async function vouchedFor(answer: URL, kept: string, visitor: Visitor): Promise<Vouched> {
    await limit.attemptAt(visitor.address);
    try {
      return await provider.finish(answer, kept);
    } catch (error) {
      // The library's own word for what is wrong, such as OAUTH_JWT_CLAIM_COMPARISON_FAILED.
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'no proof';
      await people.write((writes) => writes.audit(refused(visitor, '(unknown)', `${provider.name}: ${code}`)));
      throw new ProviderError('failed');
    }
  }

  return {
    begin: (redirectUri) =>
      provider.begin(redirectUri).catch(() => {
        throw new ProviderError('unreachable');
      }),

    async finish(answer, kept, visitor) {
      const vouched = await vouchedFor(answer, kept, visitor);
      await limit.succeededAt(visitor.address);
      const outcome = await people.write(async (writes) => {
        const user = await grant(writes, vouched);
        if (typeof user === 'string') {
          await writes.audit(refused(visitor, '(unknown)', `${provider.name}: ${user}`));
          return { why: user };
        }
        const roles = [
          ...(user.admin ? ['admin'] : []),
          ...Object.entries(user.teams).map(([team, role]) => `${role} in ${team}`),
        ];
        const detail = [provider.name, ...roles].join(', ');
        await writes.audit({
          ...entry(visitor, detail),
          actor: user.name,
          actorId: user.id,
          by: 'session',
          outcome: 'ok',
        });
        return { secret: await sessions.begin(writes, visitor, { userId: user.id, lifetimeMs: SESSION_MS }) };
      });
      if (outcome.why !== undefined) throw new ProviderError(outcome.why);
      return outcome.secret;
    },
  };
}

/** Never that of somebody else: a name proves nothing. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const plain = wanted
    .toLowerCase()
    .replaceAll(/[^a-z0-9._@-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, MAX_NAME);
  const isFree = (name: string): boolean => userNameSchema.safeParse(name).success && !taken.has(name);
  if (isFree(plain)) return plain;
  const base = plain === '' ? 'user' : plain;
  for (let number = 2; ; number++) if (isFree(`${base}-${number}`)) return `${base}-${number}`;
}
