/** API tokens: never more than their owner may at the moment of the call. */
import { timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type Caller, issueAt, rolesIn, ShopyardError, type Token } from '@shopyard/contracts';
import type { AccessService } from '@shopyard/contracts/services';
import { createDeeds } from '../../domain/audit-entry.ts';
import { randomText } from '../../kit/random-text.ts';
import { digestOf } from '../../kit/secret.ts';
import type { KeptToken, KeptUser, People } from '../../storage/access-storage.ts';
import type { Person } from './person.ts';

const DAY_MS = 24 * 3_600_000;
/** A use within this time of the last one is not written. */
const SEEN_MS = 60_000;
const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Prefix, id, secret and check sum: scanners for secrets find it. */
const FORM = /^sy_([A-Za-z0-9]{8})_[A-Za-z0-9]{32}_[0-9a-f]{8}$/;

export interface TokensOptions {
  people: People;
  now: () => Date;
  onRevoked: () => void;
}

export type TokenCalls = Pick<AccessService, 'tokens' | 'createToken' | 'revokeToken'>;

export function createTokenCalls({ people, now, onRevoked }: TokensOptions): TokenCalls {
  const deed = createDeeds(now);
  return {
    tokens: async ({ user }) => (user.id === undefined ? [] : (await people.tokens.ofUser(user.id)).map(toToken)),

    async createToken({ name, scopes, team, days }, caller) {
      const userId = requireAccount(caller);
      if (team !== undefined && rolesIn(caller, team).length === 0)
        throw new ShopyardError('validation_failed', `there is no team "${team}"`, [
          issueAt(['team'], 'name a team of yours'),
        ]);
      const id = randomText(8, BASE62);
      const body = `sy_${id}_${randomText(32, BASE62)}`;
      const secret = `${body}_${crc32(body).toString(16).padStart(8, '0')}`;
      const at = now();
      const token: KeptToken = {
        id,
        digest: digestOf(secret),
        userId,
        name,
        scopes,
        ...(team === undefined ? {} : { team }),
        createdAt: at.toISOString(),
        expiresAt: new Date(at.getTime() + days * DAY_MS).toISOString(),
      };
      await people.write(async (writes) => {
        await writes.tokens.add(token);
        await writes.audit(deed('access.createToken', caller, { object: id, detail: [name, ...scopes].join(', ') }));
      });
      return { ...toToken(token), secret };
    },

    async revokeToken(id, caller) {
      const userId = requireAccount(caller);
      await people.write(async (writes) => {
        if (!(await writes.tokens.revoke(id, userId)))
          throw new ShopyardError('not_found', 'you have no token with this id');
        await writes.audit(deed('access.revokeToken', caller, { object: id }));
      });
      onRevoked();
      return {};
    },
  };
}

/** Finds whose a token is, and what it is good for now. `undefined` for one that is unknown, revoked or expired. */
export function createTokenCheck({ people, now }: Pick<TokensOptions, 'people' | 'now'>) {
  return async (given: string): Promise<Person | undefined> => {
    const id = FORM.exec(given)?.[1];
    const token = id === undefined ? undefined : await people.tokens.find(id);
    if (!token || !timingSafeEqual(Buffer.from(digestOf(given)), Buffer.from(token.digest))) return undefined;
    const at = now();
    if (token.expiresAt <= at.toISOString()) return undefined;
    const user = await people.users.find(token.userId);
    if (!user || user.disabledAt !== undefined) return undefined;
    if (at.getTime() - Date.parse(token.usedAt ?? '1970-01-01') >= SEEN_MS) await people.tokens.see(token.id, at);
    return {
      id: user.id,
      name: user.name,
      by: 'token',
      token: token.id,
      scopes: token.scopes,
      ...grantsOf(user, token),
    };
  };
}

function grantsOf({ admin, teams }: KeptUser, { team }: KeptToken): Pick<Person, 'roles' | 'teams'> {
  if (team === undefined) return { roles: admin ? ['admin'] : [], teams };
  const role = admin ? 'owner' : teams[team];
  return { roles: [], teams: role ? { [team]: role } : {} };
}

function requireAccount({ user }: Caller): string {
  if (user.id !== undefined) return user.id;
  throw new ShopyardError('unavailable', 'tokens belong to accounts: run "npm run set-up" for the first one');
}

const toToken = ({ digest: _digest, userId: _userId, ...token }: KeptToken): Token => token;
