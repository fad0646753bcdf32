/** The history of all stores, as the overview needs it. */
import { sql } from 'kysely';
import type { PhaseChange } from '../../domain/overview.ts';
import type { Database } from './tables.ts';

/** Every change of a phase since `from`, oldest first, and before them the phase that each store was in at that time. */
export async function phaseChanges(db: Database, from: string): Promise<PhaseChange[]> {
  const columns = sql<PhaseChange>`store_id AS storeId, at, what AS phase, reason`;
  const { rows: before } = await sql<PhaseChange>`
    SELECT ${columns} FROM store_events WHERE seq IN (
      SELECT max(seq) FROM store_events
      WHERE at < ${from} AND (kind = 'phase' OR (kind = 'action' AND what = 'deleted')) GROUP BY store_id
    )`.execute(db);
  const { rows: since } = await sql<PhaseChange>`
    SELECT ${columns} FROM store_events
    WHERE at >= ${from} AND (kind = 'phase' OR (kind = 'action' AND what = 'deleted')) ORDER BY seq`.execute(db);
  return [...before.filter(({ phase }) => phase !== 'deleted'), ...since];
}

/** When a store became Ready for the first time, and how long after the call that was. */
export async function firstReady(
  db: Database,
  from: string,
): Promise<{ storeId: string; at: string; seconds: number }[]> {
  const { rows } = await sql<{ storeId: string; at: string; created: string }>`
    SELECT store_id AS storeId, min(at) AS at, (SELECT min(at) FROM store_events AS c WHERE c.store_id = e.store_id) AS created
    FROM store_events AS e WHERE kind = 'phase' AND what = 'Ready' GROUP BY store_id HAVING min(at) >= ${from}
    ORDER BY 1`.execute(db);
  return rows.map(({ storeId, at, created }) => ({
    storeId,
    at,
    seconds: (Date.parse(at) - Date.parse(created)) / 1000,
  }));
}

/** Every time that a store came to need attention since `from`. */
export function attentionRaised(db: Database, from: string): Promise<{ storeId: string; reason: string | null }[]> {
  return db
    .selectFrom('store_events')
    .select(['store_id as storeId', 'reason'])
    .where('kind', '=', 'attention')
    .where('what', 'in', ['stuck', 'broken'])
    .where('at', '>=', from)
    .execute();
}
