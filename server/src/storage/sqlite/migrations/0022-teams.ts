/** Teams and who belongs to them. Whoever had a role before has it in the first team, whose all stores are. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE teams (
    id TEXT PRIMARY KEY,
    limits TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT`.execute(db);
  await sql`INSERT INTO teams (id, limits, created_at) VALUES ('default', '{}', strftime('%Y-%m-%dT%H:%M:%fZ'))`.execute(
    db,
  );
  await sql`CREATE TABLE memberships (
    user_id TEXT NOT NULL REFERENCES users (id),
    team_id TEXT NOT NULL REFERENCES teams (id),
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, team_id)
  ) STRICT, WITHOUT ROWID`.execute(db);
  await sql`INSERT INTO memberships (user_id, team_id, role)
    SELECT id, 'default', role FROM users WHERE role <> 'admin'`.execute(db);
  await sql`ALTER TABLE users ADD COLUMN admin INTEGER NOT NULL DEFAULT 0`.execute(db);
  await sql`UPDATE users SET admin = 1 WHERE role = 'admin'`.execute(db);
  await sql`ALTER TABLE users DROP COLUMN role`.execute(db);
}
