/** Restarts that were requested of a store, and those that are over, as JSON. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE stores ADD COLUMN restarts TEXT NOT NULL DEFAULT '{}'`.execute(db);
  await sql`ALTER TABLE stores ADD COLUMN restarted TEXT NOT NULL DEFAULT '{}'`.execute(db);
}
