/** The chart that a store is kept at, and what each revision was made with. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE stores ADD COLUMN chart TEXT`.execute(db);
  await sql`ALTER TABLE revisions ADD COLUMN chart_digest TEXT`.execute(db);
  await sql`ALTER TABLE revisions ADD COLUMN platform_digest TEXT`.execute(db);
}
