import type { Token } from '@shopyard/contracts';
import type { Selectable } from 'kysely';
import type { KeptToken, PeopleWrites, TokenOwner, TokenReads } from '../../access-storage.ts';
import type { TokensTable } from '../people-tables.ts';
import type { Database } from '../tables.ts';

export function createTokenReads(db: Database): TokenReads {
  return {
    async find(id) {
      const row = await db.selectFrom('tokens').selectAll().where('id', '=', id).executeTakeFirst();
      return row && parseToken(row);
    },
    async of(owner) {
      const [column, id] = ownerOf(owner);
      const rows = db.selectFrom('tokens').selectAll().where(column, '=', id).orderBy('created_at', 'desc');
      return (await rows.execute()).map(parseToken);
    },
    async see(id, { at, address }) {
      const use = { used_at: at.toISOString(), used_from: address };
      await db.updateTable('tokens').set(use).where('id', '=', id).execute();
    },
  };
}

export function createTokenWrites(db: Database): PeopleWrites['tokens'] {
  return {
    async add({ scopes, team, networks = [], createdAt, expiresAt, usedAt, usedFrom, ...token }) {
      const { id, digest, name } = token;
      const [column, owner] = ownerOf(token);
      const row = {
        id,
        digest,
        name,
        user_id: null,
        service_account_id: null,
        [column]: owner,
        scopes: JSON.stringify(scopes),
        team: team ?? null,
        networks: JSON.stringify(networks),
        created_at: createdAt,
        expires_at: expiresAt,
        used_at: usedAt ?? null,
        used_from: usedFrom ?? null,
      };
      await db.insertInto('tokens').values(row).execute();
    },
    async revoke(id, owner) {
      const [column, of] = ownerOf(owner);
      const gone = db.deleteFrom('tokens').where('id', '=', id).where(column, '=', of).returning('id');
      return (await gone.executeTakeFirst()) !== undefined;
    },
  };
}

function ownerOf(owner: TokenOwner): ['user_id' | 'service_account_id', string] {
  return 'userId' in owner ? ['user_id', owner.userId] : ['service_account_id', owner.serviceAccountId];
}

function parseToken(row: Selectable<TokensTable>): KeptToken {
  const { user_id: userId, service_account_id: serviceAccountId, team, used_at: usedAt, used_from: usedFrom } = row;
  const { id, digest, name, scopes, networks, created_at: createdAt, expires_at: expiresAt } = row;
  // As `add` wrote them.
  const within = JSON.parse(networks) as string[];
  return {
    id,
    digest,
    name,
    scopes: JSON.parse(scopes) as Token['scopes'],
    createdAt,
    expiresAt,
    ...(team === null ? {} : { team }),
    ...(within.length === 0 ? {} : { networks: within }),
    ...(usedAt === null ? {} : { usedAt }),
    ...(usedFrom === null ? {} : { usedFrom }),
    // One of the two, as the table checks.
    ...(userId === null ? { serviceAccountId: serviceAccountId ?? '' } : { userId }),
  };
}
