/** The history of stores: appended to, read in order, never changed. */
import type { TimelineEntry } from '@shopyard/contracts';
import type { Entry } from './tables.ts';
import type { Reader } from './database.ts';
import { sqlOf, type Transaction } from './transaction.ts';

/** Rows a client is shown of one store. */
const LATEST = 500;

export async function appendEntries(
  transaction: Transaction,
  storeId: string,
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({ ...entry, store_id: storeId }));
  await sqlOf(transaction).insertInto('store_events').values(rows).execute();
}

/** The latest entries of one store, oldest first. */
export async function listEvents(db: Reader, storeId: string): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('store_events')
    .select(['seq', 'at', 'kind', 'actor', 'what', 'message', 'reason'])
    .where('store_id', '=', storeId)
    .orderBy('seq', 'desc')
    .limit(LATEST)
    .execute();
  return rows.toReversed().map(({ reason, ...row }) => (reason === null ? row : { ...row, reason }));
}
