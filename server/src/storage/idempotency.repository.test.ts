import { expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { findKey, insertKey } from './idempotency.repository.ts';
import { transact } from './transaction.ts';

const MADE = '2026-01-01T12:00:00.000Z';
const row = { caller: 'ann', key: 'k', request: '{}', store_id: 'st_1', created_at: MADE };

test('a key belongs to its caller', async () => {
  const db = await openDatabase(':memory:');
  await transact(db, (transaction) => insertKey(transaction, row));
  await transact(db, (transaction) => insertKey(transaction, { ...row, caller: 'bob', store_id: 'st_2' }));
  const now = new Date(MADE);
  expect(await findKey(db, { caller: 'ann', key: 'k' }, now)).toMatchObject({ store_id: 'st_1' });
  expect(await findKey(db, { caller: 'bob', key: 'k' }, now)).toMatchObject({ store_id: 'st_2' });
  expect(await findKey(db, { caller: 'eve', key: 'k' }, now)).toBeUndefined();
  await db.destroy();
});

test('a key is forgotten after a day, and may be used again', async () => {
  const db = await openDatabase(':memory:');
  await transact(db, (transaction) => insertKey(transaction, row));
  const later = '2026-01-02T12:00:00.000Z';
  expect(await findKey(db, row, new Date('2026-01-02T11:59:59.999Z'))).toBeDefined();
  expect(await findKey(db, row, new Date(later))).toBeUndefined();
  await transact(db, (transaction) => insertKey(transaction, { ...row, store_id: 'st_2', created_at: later }));
  expect(await db.selectFrom('idempotency_keys').select('store_id').execute()).toEqual([{ store_id: 'st_2' }]);
  await db.destroy();
});
