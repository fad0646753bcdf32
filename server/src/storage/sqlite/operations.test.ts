import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from './database.ts';

test.each([
  ['of a store', `store_id = 'st_1' AND ended_at IS NULL`],
  ['of all stores', 'ended_at IS NULL'],
  ['that wait', `ended_at IS NULL AND state = 'waiting'`],
])('operations %s that are open are found without a look at those that are over', async (_title, where) => {
  const db = await openDatabase(':memory:');
  const plan = sql<{ detail: string }>`EXPLAIN QUERY PLAN SELECT * FROM operations WHERE ${sql.raw(where)}`;
  const { rows } = await plan.execute(db);
  expect(rows.map(({ detail }) => detail).join('\n')).toMatch(/USING INDEX operations_(open|waiting)\b/);
  await db.destroy();
});
