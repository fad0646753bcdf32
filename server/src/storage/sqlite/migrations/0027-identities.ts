/** People whom an identity provider knows, and what its groups gave them, apart from what people here did. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    PRIMARY KEY (issuer, subject)
  ) STRICT, WITHOUT ROWID`.execute(db);
  await sql`CREATE INDEX identities_user ON identities (user_id)`.execute(db);
  await sql`ALTER TABLE users ADD COLUMN provider_admin INTEGER NOT NULL DEFAULT 0`.execute(db);
  await sql`CREATE TABLE memberships_by_source (
    user_id TEXT NOT NULL REFERENCES users (id),
    team_id TEXT NOT NULL REFERENCES teams (id),
    source TEXT NOT NULL CHECK (source IN ('local', 'oidc')),
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, team_id, source)
  ) STRICT, WITHOUT ROWID`.execute(db);
  await sql`INSERT INTO memberships_by_source (user_id, team_id, source, role)
    SELECT user_id, team_id, 'local', role FROM memberships`.execute(db);
  await sql`DROP TABLE memberships`.execute(db);
  await sql`ALTER TABLE memberships_by_source RENAME TO memberships`.execute(db);
}
