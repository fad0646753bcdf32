/** Which installation of Shopyard this is, and the stores that are left as a former one made them. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE installation (id TEXT PRIMARY KEY, created_at TEXT NOT NULL) STRICT, WITHOUT ROWID`.execute(
    db,
  );
  await sql`ALTER TABLE stores ADD COLUMN held_generation INTEGER`.execute(db);
  await sql`ALTER TABLE stores ADD COLUMN held_url TEXT`.execute(db);
}
