/** The history of stores: appended to, read in order, never changed. */
import type { HistoryEntry } from '@shopyard/contracts';
import type { NewEntry } from '../storage.ts';
import type { Database } from './tables.ts';

/** Rows a client is shown of one store. */
const LATEST = 500;

export async function appendEntries(db: Database, storeId: string, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ reason = null, actorId = null, tokenId = null, ...entry }) => ({
    ...entry,
    reason,
    actor_id: actorId,
    token_id: tokenId,
    store_id: storeId,
  }));
  await db.insertInto('store_events').values(rows).execute();
}

/** The latest entries of one store, oldest first. */
export async function listEntries(db: Database, storeId: string): Promise<HistoryEntry[]> {
  const rows = await db
    .selectFrom('store_events')
    .select(['seq', 'at', 'kind', 'actor', 'what', 'message', 'reason', 'actor_id', 'token_id'])
    .where('store_id', '=', storeId)
    .orderBy('seq', 'desc')
    .limit(LATEST)
    .execute();
  return rows.toReversed().map(({ reason, actor_id: actorId, token_id: tokenId, ...row }) => ({
    ...row,
    ...(reason === null ? {} : { reason }),
    ...(actorId === null ? {} : { actorId }),
    ...(tokenId === null ? {} : { tokenId }),
  }));
}
