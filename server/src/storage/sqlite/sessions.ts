import type { Selectable } from 'kysely';
import type { KeptCodes, KeptSession, KeptSessions, SessionTime } from '../access-storage.ts';
import type { Database, SessionsTable } from './tables.ts';

export function createSessions(db: Database): KeptSessions {
  return {
    add: (session, time) =>
      db.transaction().execute(async (transaction) => {
        await transaction
          .deleteFrom('sessions')
          .where((eb) => eb.or([eb('expires_at', '<=', time.at.toISOString()), eb('seen_at', '<', idle(time))]))
          .execute();
        await transaction.insertInto('sessions').values(toRow(session)).execute();
      }),

    async find(digest, time) {
      const row = await db
        .selectFrom('sessions')
        .selectAll()
        .where('digest', '=', digest)
        .where('expires_at', '>', time.at.toISOString())
        .where('seen_at', '>=', idle(time))
        .executeTakeFirst();
      return row && parseSession(row);
    },

    see: async (digest, at) =>
      void (await db.updateTable('sessions').set({ seen_at: at.toISOString() }).where('digest', '=', digest).execute()),

    end: async (digest) => void (await db.deleteFrom('sessions').where('digest', '=', digest).execute()),
  };
}

export function createCodes(db: Database): KeptCodes {
  return {
    keep: ({ digest, kind, expiresAt }, at) =>
      db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('codes').where('expires_at', '<=', at.toISOString()).execute();
        await transaction.insertInto('codes').values({ digest, kind, expires_at: expiresAt }).execute();
      }),

    async take(digest, kind, at) {
      const taken = await db
        .deleteFrom('codes')
        .where('digest', '=', digest)
        .where('kind', '=', kind)
        .returning('expires_at')
        .executeTakeFirst();
      return taken !== undefined && taken.expires_at > at.toISOString();
    },
  };
}

const idle = ({ idleSince }: SessionTime): string => idleSince.toISOString();

function toRow({ createdAt, seenAt, expiresAt, ...same }: KeptSession): Selectable<SessionsTable> {
  return { ...same, created_at: createdAt, seen_at: seenAt, expires_at: expiresAt };
}

function parseSession(row: Selectable<SessionsTable>): KeptSession {
  const { created_at: createdAt, seen_at: seenAt, expires_at: expiresAt, ...same } = row;
  return { ...same, createdAt, seenAt, expiresAt };
}
