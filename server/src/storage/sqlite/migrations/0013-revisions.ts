/** Revisions of stores. A store that is already there begins with one: its present values, as last called for. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE revisions (
    store_id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    "values" TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    at TEXT NOT NULL,
    rolled_back_to INTEGER,
    outcome TEXT CHECK (outcome IN ('verified', 'failed', 'rolled_back', 'superseded')),
    verified_at TEXT,
    helm_revision INTEGER,
    chart_version TEXT,
    versions TEXT,
    closed_seconds INTEGER,
    PRIMARY KEY (store_id, generation)
  ) STRICT`.execute(db);
  await sql`INSERT INTO revisions (store_id, generation, "values", actor, at, outcome, verified_at)
    SELECT s.id, s.generation, s.store_values, COALESCE(e.actor, s.created_by), COALESCE(e.at, s.created_at),
      CASE s.phase WHEN 'Ready' THEN 'verified' WHEN 'Failed' THEN 'failed' END,
      CASE s.phase WHEN 'Ready' THEN COALESCE(e.at, s.created_at) END
    FROM stores s LEFT JOIN store_events e ON e.seq = (
      SELECT MAX(seq) FROM store_events
      WHERE store_id = s.id AND kind = 'call' AND what IN ('create', 'update', 'adopt')
    )`.execute(db);
}
