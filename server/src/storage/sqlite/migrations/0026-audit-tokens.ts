/**
 * Entries of the trail and of stores' histories name the token that was used, and histories the account. What is older than the
 * retention may be removed from the trail, and nothing else.
 */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE audit ADD COLUMN token_id TEXT`.execute(db);
  await sql`ALTER TABLE store_events ADD COLUMN actor_id TEXT`.execute(db);
  await sql`ALTER TABLE store_events ADD COLUMN token_id TEXT`.execute(db);
  await sql`DROP TRIGGER audit_kept`.execute(db);
  await sql`CREATE TRIGGER audit_kept BEFORE DELETE ON audit
    WHEN OLD.at >= strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-400 days')
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never shortened'); END`.execute(db);
}
