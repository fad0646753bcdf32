/** The latest entries of all stores' histories that people care about. */
import type { ActivityEntry } from '@shopyard/contracts';
import type { ActivityQuery } from '../storage.ts';
import type { Database } from './tables.ts';

/** Which entries count, without what only explains another one. */
const CALLS = ['create', 'update', 'rollback', 'retry', 'restart', 'delete', 'force-remove', 'adopt'];

/** Newest first. */
export async function listActivity(db: Database, { limit, raised }: ActivityQuery): Promise<ActivityEntry[]> {
  let query = db
    .selectFrom('store_events as e')
    .leftJoin('stores as s', 's.id', 'e.store_id')
    .select(['e.seq', 'e.at', 'e.kind', 'e.actor', 'e.what', 'e.reason', 'e.store_id', 'e.store_name', 's.name'])
    .orderBy('e.seq', 'desc')
    .limit(limit);
  query = raised
    ? query
        .where('e.kind', '=', 'attention')
        .where('e.what', 'in', ['stuck', 'broken'])
        .where('e.reason', '=', raised.reason)
        .where('e.at', '>=', raised.since)
    : query.where((where) =>
        where.or([
          where.and([where('e.kind', '=', 'call'), where('e.what', 'in', CALLS)]),
          where.and([where('e.kind', '=', 'phase'), where('e.what', '=', 'Ready')]),
          where.and([where('e.kind', '=', 'action'), where('e.what', '=', 'deleted')]),
          where.and([where('e.kind', '=', 'attention'), where('e.what', 'in', ['stuck', 'broken'])]),
        ]),
      );
  const rows = await query.execute();
  return rows.map(({ seq, at, kind, actor, what, reason, store_id, store_name, name }) => {
    const store = name ?? store_name;
    return {
      seq,
      at,
      kind,
      actor,
      what,
      storeId: store_id,
      ...(reason === null ? {} : { reason }),
      ...(store === null ? {} : { store }),
      ...(name === null ? { gone: true as const } : {}),
    };
  });
}

/** When the history begins, ISO 8601. */
export async function firstEntryAt(db: Database): Promise<string | undefined> {
  const query = db.selectFrom('store_events').select('at').orderBy('seq').limit(1);
  return (await query.executeTakeFirst())?.at;
}
