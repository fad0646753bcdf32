/** Names of stores that are gone, so that the history of all stores can tell of them. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE store_events ADD COLUMN store_name TEXT`.execute(db);
}
