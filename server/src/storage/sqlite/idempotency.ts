/** Which store a caller's repeated create got. A key lives for a day, and no longer than its store. */
import type { Selectable } from 'kysely';
import type { Database, IdempotencyKeysTable } from './tables.ts';

const LIFETIME_MS = 24 * 3_600_000;

/** Undefined for a key that this caller has not used within a day before `now`. */
export function findKey(
  db: Database,
  { caller, key }: { caller: string; key: string },
  now: Date,
): Promise<Selectable<IdempotencyKeysTable> | undefined> {
  return db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('caller', '=', caller)
    .where('key', '=', key)
    .where('created_at', '>', expiryOf(now))
    .executeTakeFirst();
}

/** Removes every key that has expired by then, too. */
export async function insertKey(db: Database, row: Selectable<IdempotencyKeysTable>): Promise<void> {
  await db
    .deleteFrom('idempotency_keys')
    .where('created_at', '<=', expiryOf(new Date(row.created_at)))
    .execute();
  await db.insertInto('idempotency_keys').values(row).execute();
}

/** Keys from this ISO time or before have expired. */
function expiryOf(now: Date): string {
  return new Date(now.getTime() - LIFETIME_MS).toISOString();
}
