/** What is needed to notice drift, to take finalizers off, and to know that the cluster was asked for lost stores. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE stores ADD COLUMN inventory TEXT`.execute(db);
  await sql`ALTER TABLE stores ADD COLUMN forced INTEGER NOT NULL DEFAULT 0`.execute(db);
  await sql`CREATE TABLE milestones (name TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID`.execute(db);
}
