/** What people say of a store besides its values, as JSON. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE stores ADD COLUMN profile TEXT NOT NULL DEFAULT '{}'`.execute(db);
}
