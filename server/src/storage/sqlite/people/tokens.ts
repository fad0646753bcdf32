import type { Token } from '@shopyard/contracts';
import type { Selectable } from 'kysely';
import type { KeptToken, PeopleWrites, TokenReads } from '../../access-storage.ts';
import type { TokensTable } from '../people-tables.ts';
import type { Database } from '../tables.ts';

export function createTokenReads(db: Database): TokenReads {
  return {
    async find(id) {
      const row = await db.selectFrom('tokens').selectAll().where('id', '=', id).executeTakeFirst();
      return row && parseToken(row);
    },
    async ofUser(userId) {
      const rows = db.selectFrom('tokens').selectAll().where('user_id', '=', userId).orderBy('created_at', 'desc');
      return (await rows.execute()).map(parseToken);
    },
    async see(id, at) {
      await db.updateTable('tokens').set({ used_at: at.toISOString() }).where('id', '=', id).execute();
    },
  };
}

export function createTokenWrites(db: Database): PeopleWrites['tokens'] {
  return {
    async add({ userId, scopes, team, createdAt, expiresAt, usedAt, ...same }) {
      const times = { created_at: createdAt, expires_at: expiresAt, used_at: usedAt ?? null };
      const row = { ...same, ...times, user_id: userId, scopes: JSON.stringify(scopes), team: team ?? null };
      await db.insertInto('tokens').values(row).execute();
    },
    async revoke(id, userId) {
      const gone = db.deleteFrom('tokens').where('id', '=', id).where('user_id', '=', userId).returning('id');
      return (await gone.executeTakeFirst()) !== undefined;
    },
  };
}

function parseToken(row: Selectable<TokensTable>): KeptToken {
  const { user_id: userId, scopes, team, created_at: createdAt, expires_at: expiresAt, used_at: usedAt, ...same } = row;
  return {
    ...same,
    userId,
    // As `add` wrote it.
    scopes: JSON.parse(scopes) as Token['scopes'],
    createdAt,
    expiresAt,
    ...(team === null ? {} : { team }),
    ...(usedAt === null ? {} : { usedAt }),
  };
}
