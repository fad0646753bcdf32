/** Versions of a store's software, as JSON; null until its setup reports them. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE stores ADD COLUMN versions TEXT`.execute(db);
}
