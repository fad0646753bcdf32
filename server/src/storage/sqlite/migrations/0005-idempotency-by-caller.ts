/** A key is its caller's own. Keys of before belong to the one caller that there was. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE idempotency_keys RENAME TO idempotency_keys_of_all`.execute(db);
  await sql`CREATE TABLE idempotency_keys (
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,
    store_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (caller, key)
  ) STRICT, WITHOUT ROWID`.execute(db);
  await sql`INSERT INTO idempotency_keys (caller, key, request, store_id, created_at)
    SELECT 'local', key, request, store_id, created_at FROM idempotency_keys_of_all`.execute(db);
  await sql`DROP TABLE idempotency_keys_of_all`.execute(db);
}
