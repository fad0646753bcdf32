/** Which team created a store when, also once the store is gone. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE creates (
    team TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT`.execute(db);
  await sql`CREATE INDEX creates_team ON creates (team, at)`.execute(db);
}
