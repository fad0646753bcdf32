/**
 * The condition of a store's application has one name for every engine. Rewrites the recorded conditions, steps and
 * history, so that `lastTransitionTime` and durations stay.
 */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const [before, after] = ['WordPressReady', 'ApplicationReady'];
  // Inside a message the quotes are escaped, so only a type itself matches.
  const [from, to] = [`"type":"${before}"`, `"type":"${after}"`];
  await sql`UPDATE stores SET conditions = replace(conditions, ${from}, ${to}), attempt = replace(attempt, ${from}, ${to})`.execute(
    db,
  );
  await sql`UPDATE store_events SET what = ${after} WHERE kind = 'condition' AND what = ${before}`.execute(db);
}
