import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import {
  insertStore,
  requestDeletion,
  forceFinalizers,
  replaceValues,
  retryRemoval,
  requestRetry,
} from './store-changes.repository.ts';
import { listEvents } from './history.repository.ts';
import { findStore } from './store.repository.ts';
import type { Entry } from './tables.ts';
import { type Transaction, transact } from './transaction.ts';

const ID = 'st_0000000000000001';
const entryOf = (what: string): Entry => ({
  at: '2026-01-01T00:00:00.000Z',
  kind: 'call',
  actor: 'ann',
  what,
  message: '',
});
let db: Database;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  const row = {
    id: ID,
    name: 'alpha',
    namespace: 'store-alpha',
    engine: 'woocommerce',
    store_values: '{}',
    generation: 1,
    desired: 'present' as const,
    created_at: '2026-01-01T00:00:00.000Z',
    created_by: 'ann',
    phase: 'Queued',
    conditions: '[]',
    observed_generation: 0,
    verified_revision: 0,
  };
  await transact(db, (transaction) => insertStore(transaction, row, [entryOf('create')]));
});
afterEach(() => db.destroy());

const told = async (): Promise<string[]> => (await listEvents(db, ID)).map(({ what, actor }) => `${what} by ${actor}`);

test('a change and its entry are rolled back together', async () => {
  const failing = transact(db, async (transaction) => {
    await replaceValues(transaction, { id: ID, values: '{"size":"large"}' }, entryOf('update'));
    throw new Error('the disk is full');
  });
  await expect(failing).rejects.toThrow('the disk is full');
  expect(await findStore(db, ID)).toMatchObject({ generation: 1, store_values: '{}' });
  expect(await told()).toEqual(['create by ann']);
});

test.each([
  ['a second removal', requestDeletion],
  ['a retry of what is being removed', requestRetry],
])('%s changes nothing and is not in the history', async (_title, change) => {
  await transact(db, (transaction) => requestDeletion(transaction, ID, entryOf('delete')));
  expect(await transact(db, (transaction) => change(transaction, ID, entryOf('again')))).toBeUndefined();
  expect(await told()).toEqual(['create by ann', 'delete by ann']);
});

test.each([
  ['force', forceFinalizers],
  ['a retry of a removal', retryRemoval],
])('%s before the removal changes nothing and is not in the history', async (_title, change) => {
  expect(await transact(db, (transaction) => change(transaction, ID, entryOf('too-early')))).toBeUndefined();
  expect(await told()).toEqual(['create by ann']);
});

/** Checked by the compiler, not run: there is no way to change a store without its entry. */
void [
  // @ts-expect-error the database is no transaction
  (): unknown => requestDeletion(db, ID, entryOf('delete')),
  // @ts-expect-error there is no entry
  (transaction: Transaction): unknown => requestDeletion(transaction, ID),
  // @ts-expect-error a store begins with an entry
  (transaction: Transaction): unknown => insertStore(transaction, {}, []),
  // @ts-expect-error a transaction hands out no statements that write
  (transaction: Transaction): unknown => transaction.updateTable('stores'),
  // @ts-expect-error nor does the database
  (): unknown => db.deleteFrom('stores'),
];
