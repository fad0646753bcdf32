import { expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { insertKey } from './idempotency.ts';

test('a new key removes those that have expired, whoever used them', async () => {
  const db = await openDatabase(':memory:');
  const row = { caller: 'ann', key: 'k', request: '{}', store_id: 'st_1', created_at: '2026-01-01T12:00:00.000Z' };
  await insertKey(db, row);
  await insertKey(db, { ...row, caller: 'bob', created_at: '2026-01-01T12:00:00.001Z' });
  await insertKey(db, { ...row, store_id: 'st_2', created_at: '2026-01-02T12:00:00.000Z' });
  expect(await db.selectFrom('idempotency_keys').select(['caller', 'store_id']).execute()).toEqual([
    { caller: 'ann', store_id: 'st_2' },
    { caller: 'bob', store_id: 'st_1' },
  ]);
  await db.destroy();
});
