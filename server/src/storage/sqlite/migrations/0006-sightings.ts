/** What the shop was last seen to offer: a merchant decides it, so it is kept beside whether the store works. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE stores ADD COLUMN sighting TEXT`.execute(db);
}
