/** Stores, their history, and the keys of repeated creates. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE stores (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    namespace TEXT NOT NULL UNIQUE,
    engine TEXT NOT NULL,
    store_values TEXT NOT NULL,
    generation INTEGER NOT NULL,
    desired TEXT NOT NULL CHECK (desired IN ('present', 'absent')),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    phase TEXT NOT NULL,
    reason TEXT,
    message TEXT,
    conditions TEXT NOT NULL DEFAULT '[]',
    observed_generation INTEGER NOT NULL DEFAULT 0,
    verified_revision INTEGER NOT NULL DEFAULT 0,
    problem TEXT,
    ready_at TEXT
  ) STRICT`.execute(db);
  await sql`CREATE INDEX stores_by_age ON stores (created_at, id)`.execute(db);

  // Append-only, and kept after the store is gone: it is also the audit trail.
  await sql`CREATE TABLE store_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    store_id TEXT NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    what TEXT NOT NULL,
    message TEXT NOT NULL
  ) STRICT`.execute(db);
  await sql`CREATE INDEX store_events_by_store ON store_events (store_id, seq)`.execute(db);

  await sql`CREATE TABLE idempotency_keys (
    key TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    store_id TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`.execute(db);
}
