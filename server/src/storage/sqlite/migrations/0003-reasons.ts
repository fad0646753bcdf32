/** Why a store came to a phase, so that failures can be counted by it; and the history by time, for the overview. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE store_events ADD COLUMN reason TEXT`.execute(db);
  await sql`CREATE INDEX store_events_by_time ON store_events (kind, at)`.execute(db);
}
