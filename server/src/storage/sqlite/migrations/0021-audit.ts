/** The audit trail. Its entries are chained by their hashes, and neither changed nor removed. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    actor_id TEXT,
    came_by TEXT NOT NULL,
    via TEXT NOT NULL,
    address TEXT,
    client TEXT,
    action TEXT NOT NULL,
    object TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'denied')),
    detail TEXT,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT`.execute(db);
  await sql`CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END`.execute(db);
  await sql`CREATE TRIGGER audit_kept BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never shortened'); END`.execute(db);
  await sql`CREATE INDEX audit_object ON audit (object, seq) WHERE object IS NOT NULL`.execute(db);
}
