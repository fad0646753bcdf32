/** Who is let in, and as whom. The transports ask nothing else. */
import { ShopyardError, type SignIn, type SignInOffer, type SignInWay } from '@shopyard/contracts';
import type { AccessService } from '@shopyard/contracts/services';
import { timingSafeEqual } from 'node:crypto';
import { toAuditEntry } from '../../domain/audit-entry.ts';
import type { GroupGrant } from '../../domain/group-grants.ts';
import { digestOf } from '../../kit/secret.ts';
import { Signal } from '../../kit/signal.ts';
import type { Storage } from '../../storage/storage.ts';
import { withStorageErrors } from '../storage-errors.ts';
import { createAccounts } from './accounts.ts';
import { type Codes, createCodes } from './codes.ts';
import { createOwnAccount } from './own-account.ts';
import { createPasswords } from './passwords.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { Person } from './person.ts';
import { createProviderSignIn, type ProviderSignIn } from './provider-sign-in.ts';
import { createRefusalNotes } from './refusal-notes.ts';
import { createSessions, type Visitor } from './sessions.ts';
import { createSignIn } from './sign-in.ts';
import { createSignInLimit } from './sign-in-limit.ts';
import type { Teams } from './teams.ts';
import { createServiceAccounts } from './service-accounts.ts';
import { createTokenCheck } from './check-token.ts';
import { createTokenCalls } from './tokens.ts';

export interface Access {
  /** Whether callers have to say who they are; that begins with the first account at the latest. */
  isAsked(): boolean;
  /** What somebody who is not signed in is asked for. */
  way(): SignInWay;
  /** The same, for the page where people sign in. */
  offer(): SignInOffer;
  /** Where an identity provider knows people. */
  provider?: ProviderSignIn;
  /** `undefined` for a token that lets nobody in. */
  byToken(token: string, visitor: Visitor): Promise<Person | undefined>;
  /** `undefined` for a session that has ended. */
  bySession(secret: string): Promise<Person | undefined>;
  /** Returns the secret of a new session. Throws a ShopyardError. */
  signIn(input: SignIn, visitor: Visitor): Promise<string>;
  signOut(secret: string): Promise<void>;
  /** Emitted whenever somebody may no longer come in, or no longer do the same. */
  revoked: Signal;
  codes: Pick<Codes, 'issue' | 'keepGiven'>;
  /** But for teams, whose use depends on their stores. */
  service: Omit<AccessService, keyof Teams>;
}

/**
 * `open`: nobody is asked before there are accounts. `required`: everybody is. `elsewhere`: so, as not only this machine asks.
 * `proxy`: others ask. `insecure`: nobody does.
 */
export type AccessMode = 'open' | 'required' | 'elsewhere' | 'proxy' | 'insecure';

export interface AccessOptions {
  storage: Pick<Storage, 'people' | 'audit' | 'troubleOf'>;
  now: () => Date;
  mode: AccessMode;
  /** The token that is kept beside the data; `undefined` where there is none. */
  token: string | undefined;
  provider?: { client: IdentityProvider; table: readonly GroupGrant[] } | undefined;
  /** False: only the identity provider, and tokens, let people in. */
  passwords?: boolean;
}

/** Whoever reaches this machine's server, or its data. */
export const LOCAL: Person = { name: 'local', roles: ['admin'], by: 'open' };

/** Reads whether there are accounts. */
export async function createAccess(options: AccessOptions): Promise<Access> {
  const { storage, now, mode, token, provider, passwords: hasPasswords = true } = options;
  const { people } = storage;
  const revoked = new Signal();
  const onRevoked = (): void => revoked.emit();
  let hasAccounts = (await people.users.list()).length > 0;
  const sessions = createSessions(people, now);
  const codes = createCodes(people, now);
  const passwords = createPasswords(createSignInLimit(people.attempts, now));
  const assertPasswords = (): void => {
    if (!hasPasswords)
      throw new ShopyardError('unavailable', `nobody has a password here: sign in with ${provider?.client.name}`);
  };
  const signIn = createSignIn({ people, sessions, codes, passwords, now, hasAccounts: () => hasAccounts });
  const byProvider =
    provider && createProviderSignIn({ people, sessions, provider: provider.client, table: provider.table, now });
  const way = (): SignInWay => {
    if (mode === 'proxy') return 'proxy';
    if (mode === 'insecure') return 'nothing';
    if (!hasPasswords) return 'provider';
    if (hasAccounts) return 'password';
    return mode === 'required' ? 'link' : mode === 'elsewhere' ? 'set-up' : 'nothing';
  };
  const checkToken = createTokenCheck({ people, now });
  const expected = token === undefined ? undefined : Buffer.from(digestOf(token));
  const isAsked = (): boolean => mode === 'required' || mode === 'elsewhere' || (mode === 'open' && hasAccounts);
  const assertNoAccounts = (): void => {
    if (hasAccounts) throw new ShopyardError('unavailable', 'there are accounts: sign in with yours');
    if (mode === 'proxy') throw new ShopyardError('unavailable', 'the proxy in front of Shopyard signs people in');
    if (mode === 'insecure')
      throw new ShopyardError('unavailable', 'nobody signs in here: unset SHOPYARD_INSECURE_NO_AUTH first');
  };

  async function bySession(secret: string): Promise<Person | undefined> {
    const session = await sessions.find(secret);
    if (!session) return undefined;
    const came = { by: 'session', session: session.digest } as const;
    if (session.userId === undefined) return hasAccounts ? undefined : { ...LOCAL, ...came };
    const user = await people.users.find(session.userId);
    return user && user.disabledAt === undefined
      ? { id: user.id, name: user.name, roles: user.admin ? ['admin'] : [], teams: user.teams, ...came }
      : undefined;
  }

  const ways: Pick<Access, 'byToken' | 'bySession' | 'signIn' | 'signOut'> = {
    async byToken(given, visitor) {
      if (expected && timingSafeEqual(Buffer.from(digestOf(given)), expected)) return { ...LOCAL, by: 'token' };
      return checkToken(given, visitor);
    },
    bySession,
    async signIn(input, visitor) {
      if (!('code' in input)) assertPasswords();
      const secret = await signIn(input, visitor);
      // The first account ends what let people in before.
      if ('setUp' in input) hasAccounts = true;
      onRevoked();
      return secret;
    },
    async signOut(secret) {
      const person = await bySession(secret);
      if (!person) return;
      await people.write(async (writes) => {
        await writes.sessions.end(digestOf(secret));
        const caller = { ...person, user: person, via: 'dashboard' } as const;
        await writes.audit(toAuditEntry({ caller, action: 'sign-out', at: now().toISOString() }));
      });
      onRevoked();
    },
  };
  return {
    isAsked,
    way,
    offer: () => ({ way: way(), ...(provider ? { provider: provider.client.name } : {}) }),
    ...(byProvider
      ? {
          provider: {
            begin: (redirectUri) => byProvider.begin(redirectUri),
            async finish(...answer) {
              const secret = await byProvider.finish(...answer);
              hasAccounts = true;
              onRevoked();
              return secret;
            },
          },
        }
      : {}),
    revoked,
    codes,
    ...withStorageErrors(storage, ways),

    service: {
      ...createOwnAccount({ people, sessions, passwords, assertPasswords, now, onRevoked }),
      ...createAccounts({
        people,
        codes,
        now,
        onRevoked,
        assertPasswords,
        assertSetUp() {
          if (!hasAccounts)
            throw new ShopyardError('unavailable', 'set up the first account, an administrator, before others');
        },
      }),
      ...createTokenCalls({ people, now, onRevoked }),
      ...createServiceAccounts({ people, now, onRevoked }),
      audit: (query) => storage.audit.list(query),
      noteRefusal: createRefusalNotes(storage.audit, now),
      async createSignInCode(caller) {
        assertNoAccounts();
        if (!isAsked())
          throw new ShopyardError('unavailable', 'nobody has to sign in here: open the dashboard as it is');
        return codes.issue('sign-in', caller);
      },
      async createSetUpCode(caller) {
        assertNoAccounts();
        assertPasswords();
        return codes.issue('set-up', caller);
      },
    },
  };
}
