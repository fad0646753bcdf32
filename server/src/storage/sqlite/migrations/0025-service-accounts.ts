/**
 * Service accounts, whose tokens belong to no user; where a token may be used from, and was; and when somebody last proved
 * in a session who they are.
 */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE sessions ADD COLUMN fresh_at TEXT NOT NULL DEFAULT ''`.execute(db);
  await sql`UPDATE sessions SET fresh_at = created_at`.execute(db);
  await sql`CREATE TABLE service_accounts (
    id TEXT PRIMARY KEY,
    team_id TEXT NOT NULL REFERENCES teams (id),
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (team_id, name)
  ) STRICT`.execute(db);
  await sql`CREATE TABLE new_tokens (
    id TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    user_id TEXT REFERENCES users (id),
    service_account_id TEXT REFERENCES service_accounts (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    team TEXT,
    networks TEXT NOT NULL DEFAULT '[]',
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    used_from TEXT,
    CHECK ((user_id IS NULL) <> (service_account_id IS NULL))
  ) STRICT`.execute(db);
  await sql`INSERT INTO new_tokens (id, digest, user_id, name, scopes, team, created_at, expires_at, used_at)
    SELECT id, digest, user_id, name, scopes, team, created_at, expires_at, used_at FROM tokens`.execute(db);
  await sql`DROP TABLE tokens`.execute(db);
  await sql`ALTER TABLE new_tokens RENAME TO tokens`.execute(db);
}
