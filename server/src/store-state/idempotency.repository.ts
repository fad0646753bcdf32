/** Which store a repeated create got. A key lives as long as its store. */
import type { Selectable } from 'kysely';
import type { Database } from './database.ts';
import type { IdempotencyKeysTable } from './tables.ts';

export function findKey(db: Database, key: string): Promise<Selectable<IdempotencyKeysTable> | undefined> {
  return db.selectFrom('idempotency_keys').selectAll().where('key', '=', key).executeTakeFirst();
}

export async function insertKey(db: Database, row: Selectable<IdempotencyKeysTable>): Promise<void> {
  await db.insertInto('idempotency_keys').values(row).execute();
}
