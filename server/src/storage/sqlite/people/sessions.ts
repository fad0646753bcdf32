import type { KeptCode, KeptSession, PeopleWrites, SessionReads, SessionTime } from '../../access-storage.ts';
import type { Database, SessionRow } from '../tables.ts';

export function createSessionReads(db: Database): SessionReads {
  const open = ({ at, idleSince }: SessionTime) =>
    db
      .selectFrom('sessions')
      .selectAll()
      .where('expires_at', '>', at.toISOString())
      .where('seen_at', '>=', idleSince.toISOString());
  return {
    async find(digest, time) {
      const row = await open(time).where('digest', '=', digest).executeTakeFirst();
      return row && parseSession(row);
    },
    async ofUser(userId, time) {
      const rows = await open(time).where('user_id', '=', userId).orderBy('created_at', 'desc').execute();
      return rows.map(parseSession);
    },
    async see(digest, at) {
      await db.updateTable('sessions').set({ seen_at: at.toISOString() }).where('digest', '=', digest).execute();
    },
    async freshAt(digest) {
      const query = db.selectFrom('sessions').select('fresh_at').where('digest', '=', digest);
      return (await query.executeTakeFirst())?.fresh_at;
    },
  };
}

export function createSessionWrites(db: Database): PeopleWrites['sessions'] {
  return {
    async add({ userId, createdAt, seenAt, expiresAt, freshAt, ...same }, { at, idleSince }) {
      await db
        .deleteFrom('sessions')
        .where((eb) => eb.or([eb('expires_at', '<=', at.toISOString()), eb('seen_at', '<', idleSince.toISOString())]))
        .execute();
      const times = { created_at: createdAt, seen_at: seenAt, expires_at: expiresAt, fresh_at: freshAt };
      await db
        .insertInto('sessions')
        .values({ ...same, ...times, user_id: userId ?? null })
        .execute();
    },
    async confirm(digest, at) {
      await db.updateTable('sessions').set({ fresh_at: at }).where('digest', '=', digest).execute();
    },
    async end(digest) {
      await db.deleteFrom('sessions').where('digest', '=', digest).execute();
    },
    async endOfUser(userId, but = '') {
      await db.deleteFrom('sessions').where('user_id', '=', userId).where('digest', '!=', but).execute();
    },
  };
}

export function createCodeWrites(db: Database): PeopleWrites['codes'] {
  return {
    async keep({ digest, kind, userId, expiresAt }, at) {
      await db.deleteFrom('codes').where('expires_at', '<=', at.toISOString()).execute();
      if (userId !== undefined)
        await db.deleteFrom('codes').where('kind', '=', kind).where('user_id', '=', userId).execute();
      const row = { digest, kind, expires_at: expiresAt, user_id: userId ?? null };
      await db.insertInto('codes').values(row).execute();
    },

    async take(digest, kind, at): Promise<KeptCode | undefined> {
      const taken = await db
        .deleteFrom('codes')
        .where('digest', '=', digest)
        .where('kind', '=', kind)
        .returningAll()
        .executeTakeFirst();
      if (!taken || taken.expires_at <= at.toISOString()) return undefined;
      const { expires_at: expiresAt, user_id: userId } = taken;
      return { digest, kind, expiresAt, ...(userId === null ? {} : { userId }) };
    },
  };
}

function parseSession(row: SessionRow): KeptSession {
  const { created_at: createdAt, seen_at: seenAt, expires_at: expiresAt, fresh_at: freshAt, ...rest } = row;
  const { user_id: userId, ...same } = rest;
  return { ...same, createdAt, seenAt, expiresAt, freshAt, ...(userId === null ? {} : { userId }) };
}
