/**
 * A third desired state, `suspended`, and when a store was last resumed. SQLite can't change a CHECK, so the table is made
 * again from its own definition, whatever columns it has by now.
 */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ type: string; sql: string }>`
    SELECT type, sql FROM sqlite_master WHERE tbl_name = 'stores' AND sql IS NOT NULL`.execute(db);
  const table = rows.find(({ type }) => type === 'table')?.sql ?? '';
  const made = table
    .replace(/^CREATE TABLE "?stores"?/, 'CREATE TABLE stores_next')
    .replace("('present', 'absent')", "('present', 'suspended', 'absent')");
  await sql.raw(made).execute(db);
  await sql`INSERT INTO stores_next SELECT * FROM stores`.execute(db);
  await sql`DROP TABLE stores`.execute(db);
  await sql`ALTER TABLE stores_next RENAME TO stores`.execute(db);
  for (const { type, sql: index } of rows) if (type === 'index') await sql.raw(index).execute(db);
  await sql`ALTER TABLE stores ADD COLUMN resumed_at TEXT`.execute(db);
}
