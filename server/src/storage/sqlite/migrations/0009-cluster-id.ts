/** Which cluster a store is on. Those from before are on the only one there was. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE stores ADD COLUMN cluster_id TEXT NOT NULL DEFAULT 'main'`.execute(db);
}
