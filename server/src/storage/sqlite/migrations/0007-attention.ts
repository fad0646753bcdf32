/** Since when a store needs somebody, and how far its latest attempt has come. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE stores ADD COLUMN attention TEXT`.execute(db);
  await sql`ALTER TABLE stores ADD COLUMN attempt TEXT`.execute(db);
}
