/** Operations of stores. Of each store, one runs at most, and one waits. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE operations (
    id TEXT PRIMARY KEY,
    store_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('change', 'rollback', 'suspend', 'resume')),
    generation INTEGER NOT NULL,
    step TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    actor TEXT NOT NULL,
    reason TEXT,
    input TEXT,
    not_before TEXT,
    error TEXT,
    accepted_at TEXT NOT NULL,
    started_at TEXT,
    ended_at TEXT,
    CHECK ((state = 'waiting') = (input IS NOT NULL)),
    CHECK ((state IN ('waiting', 'running')) = (ended_at IS NULL))
  ) STRICT`.execute(db);
  await sql`CREATE UNIQUE INDEX operations_running ON operations (store_id) WHERE state = 'running'`.execute(db);
  await sql`CREATE UNIQUE INDEX operations_waiting ON operations (store_id) WHERE state = 'waiting'`.execute(db);
  await sql`CREATE INDEX operations_store ON operations (store_id)`.execute(db);
  // Each look at a store asks for these, and a schedule leaves hundreds that are over every year.
  await sql`CREATE INDEX operations_open ON operations (store_id) WHERE ended_at IS NULL`.execute(db);
}
