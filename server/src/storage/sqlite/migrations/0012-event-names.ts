/** Keeps the names of deleted stores for the history of all stores. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE store_events ADD COLUMN store_name TEXT`.execute(db);
}
