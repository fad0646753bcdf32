import type { AuditEntry, ListAudit } from '@shopyard/contracts';
import type { AuditReads, NewAuditEntry } from '../../audit-storage.ts';
import type { AuditRow, Database } from '../tables.ts';
import { BEGINNING, ChainCheck, hashOf } from './chain.ts';

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

export function createAudit(db: Database): AuditReads {
  return {
    list: async (query) => (await pageOf(db, query).execute()).map(parseEntry),
    append: (entry) => db.transaction().execute((transaction) => appendAudit(transaction, entry)),
  };
}

function pageOf(db: Database, { limit, before, after, actor, action, object, outcome }: ListAudit) {
  const order = after === undefined ? 'desc' : 'asc';
  let query = db.selectFrom('audit').selectAll().orderBy('seq', order).limit(limit);
  if (after !== undefined) query = query.where('seq', '>', after);
  if (before !== undefined) query = query.where('seq', '<', before);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (action !== undefined) query = query.where('action', '=', action);
  if (object !== undefined) query = query.where('object', '=', object);
  if (outcome !== undefined) query = query.where('outcome', '=', outcome);
  return query;
}

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
    if (rows.length < PAGE) return { ...check.end, fault: undefined };
  }
}

function toRow({ actorId, by, ...entry }: AuditEntry): AuditRow {
  const { address, client, object, detail } = entry;
  const optional = { address: address ?? null, client: client ?? null, object: object ?? null, detail: detail ?? null };
  return { ...entry, ...optional, actor_id: actorId ?? null, came_by: by };
}

function parseEntry({ actor_id: actorId, came_by: by, address, client, object, detail, ...row }: AuditRow): AuditEntry {
  return {
    ...row,
    by,
    ...(actorId === null ? {} : { actorId }),
    ...(address === null ? {} : { address }),
    ...(client === null ? {} : { client }),
    ...(object === null ? {} : { object }),
    ...(detail === null ? {} : { detail }),
  };
}
