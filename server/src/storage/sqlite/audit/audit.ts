import type { AuditEntry, ListAudit } from '@shopyard/contracts';
import type { AuditReads, NewAuditEntry } from '../../audit-storage.ts';
import type { AuditRow, Database } from '../tables.ts';
import { BEGINNING, ChainCheck, hashOf, TRIM } from './chain.ts';

/** Read at once while the trail is verified. */
const PAGE = 1000;

/** `db`: an open transaction, so that nothing comes in between. */
export async function appendAudit(db: Database, entry: NewAuditEntry): Promise<void> {
  const last = await db.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  const chained = { ...entry, seq: (last?.seq ?? 0) + 1, previous: last?.hash ?? BEGINNING };
  await db
    .insertInto('audit')
    .values(toRow({ ...chained, hash: hashOf(chained) }))
    .execute();
}

export function createAudit(db: Database): Omit<AuditReads, 'onAppended'> {
  return {
    list: async (query) => (await pageOf(db, query).execute()).map(parseEntry),
    append: (entry) => db.transaction().execute((transaction) => appendAudit(transaction, entry)),
    trim: (before, entry) => db.transaction().execute((transaction) => trim(transaction, before, entry)),
  };
}

async function trim(db: Database, before: Date, entry: Parameters<AuditReads['trim']>[1]): Promise<number> {
  const entries = () => db.selectFrom('audit').select(['seq', 'hash']);
  const kept = await entries().where('at', '>=', before.toISOString()).orderBy('seq').limit(1).executeTakeFirst();
  const older = kept ? entries().where('seq', '<', kept.seq) : entries();
  const last = await older.orderBy('seq', 'desc').limit(1).executeTakeFirst();
  if (!last) return 0;
  await appendAudit(db, { ...entry, action: TRIM, object: String(last.seq), detail: last.hash });
  const gone = await db.deleteFrom('audit').where('seq', '<=', last.seq).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

function pageOf(db: Database, { limit, before, after, actor, action, object, outcome, since, until }: ListAudit) {
  const order = after === undefined ? 'desc' : 'asc';
  let query = db.selectFrom('audit').selectAll().orderBy('seq', order).limit(limit);
  if (after !== undefined) query = query.where('seq', '>', after);
  if (before !== undefined) query = query.where('seq', '<', before);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (action !== undefined) query = query.where('action', '=', action);
  if (object !== undefined) query = query.where('object', '=', object);
  if (outcome !== undefined) query = query.where('outcome', '=', outcome);
  if (since !== undefined) query = query.where('at', '>=', toKept(since));
  if (until !== undefined) query = query.where('at', '<', toKept(until));
  return query;
}

/** With milliseconds, as entries have it: they are compared as text. */
const toKept = (time: string): string => new Date(time).toISOString();

/** Checks the whole trail. `fault`: what is wrong first. */
export async function verifyAudit(db: Database): Promise<ChainCheck['end'] & { fault: string | undefined }> {
  const check = new ChainCheck();
  for (let seq = 0; ;) {
    const rows = await db.selectFrom('audit').selectAll().where('seq', '>', seq).orderBy('seq').limit(PAGE).execute();
    for (const row of rows) {
      const fault = check.next(parseEntry(row));
      if (fault !== undefined) return { ...check.end, fault };
      seq = row.seq;
    }
    if (rows.length < PAGE) return { ...check.end, fault: check.fault() };
  }
}

function toRow({ actorId, tokenId, by, ...entry }: AuditEntry): AuditRow {
  const { address, client, object, detail } = entry;
  const optional = { address: address ?? null, client: client ?? null, object: object ?? null, detail: detail ?? null };
  return { ...entry, ...optional, actor_id: actorId ?? null, token_id: tokenId ?? null, came_by: by };
}

function parseEntry(row: AuditRow): AuditEntry {
  const { actor_id: actorId, token_id: tokenId, came_by: by, address, client, object, detail, ...same } = row;
  return {
    ...same,
    by,
    ...(tokenId === null ? {} : { tokenId }),
    ...(actorId === null ? {} : { actorId }),
    ...(address === null ? {} : { address }),
    ...(client === null ? {} : { client }),
    ...(object === null ? {} : { object }),
    ...(detail === null ? {} : { detail }),
  };
}
