/** The history of stores: appended to, read in order, never changed. */
import type { TimelineEntry } from '@shopyard/contracts';
import type { Database } from './database.ts';
import type { NewStoreEvent } from './tables.ts';

/** Rows a client is shown of one store. */
const LATEST = 500;

export async function appendEvents(db: Database, events: readonly NewStoreEvent[]): Promise<void> {
  if (events.length > 0)
    await db
      .insertInto('store_events')
      .values([...events])
      .execute();
}

/** The latest entries of one store, oldest first. */
export async function listEvents(db: Database, storeId: string): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('store_events')
    .select(['seq', 'at', 'kind', 'actor', 'what', 'message', 'reason'])
    .where('store_id', '=', storeId)
    .orderBy('seq', 'desc')
    .limit(LATEST)
    .execute();
  return rows.toReversed().map(({ reason, ...row }) => (reason === null ? row : { ...row, reason }));
}
