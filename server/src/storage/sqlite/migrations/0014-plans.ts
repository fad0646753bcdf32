/** Plans of changes, kept for minutes. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE plans (
    id TEXT PRIMARY KEY,
    input TEXT NOT NULL,
    generation INTEGER NOT NULL,
    refused TEXT,
    actor TEXT NOT NULL,
    expires_at TEXT NOT NULL
  ) STRICT`.execute(db);
}
