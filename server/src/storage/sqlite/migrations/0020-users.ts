/** Accounts, whose sessions and codes name them, and counts of failed sign-ins. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    password_hash TEXT,
    disabled_at TEXT,
    created_at TEXT NOT NULL
  ) STRICT`.execute(db);
  await sql`ALTER TABLE sessions ADD COLUMN user_id TEXT REFERENCES users (id)`.execute(db);
  await sql`ALTER TABLE codes ADD COLUMN user_id TEXT REFERENCES users (id)`.execute(db);
  await sql`CREATE INDEX sessions_user ON sessions (user_id)`.execute(db);
  await sql`CREATE TABLE attempts (
    key TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    until TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`.execute(db);
}
