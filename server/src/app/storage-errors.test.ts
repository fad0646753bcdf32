import { expect, test } from 'vitest';
import { openDatabase } from '../storage/sqlite/database.ts';
import { createSqliteStorage } from '../storage/sqlite/sqlite-storage.ts';
import { createDatabaseCheck } from './storage-errors.ts';

test('probes the database with at most one write every five seconds', async () => {
  const db = await openDatabase(':memory:');
  let now = new Date('2026-01-01T00:00:00.000Z');
  const check = createDatabaseCheck(
    createSqliteStorage(db, () => ''),
    () => now,
  );
  const writtenAt = async (): Promise<string | undefined> =>
    (await db.selectFrom('milestones').select('at').where('name', '=', 'checked').executeTakeFirst())?.at;

  expect(await check()).toEqual([]);
  now = new Date('2026-01-01T00:00:04.999Z');
  await Promise.all([check(), check()]);
  expect(await writtenAt()).toBe('2026-01-01T00:00:00.000Z');
  now = new Date('2026-01-01T00:00:05.000Z');
  await check();
  expect(await writtenAt()).toBe('2026-01-01T00:00:05.000Z');

  await db.destroy();
  expect(await check(), 'repeats the last result until then').toEqual([]);
  now = new Date('2026-01-01T00:00:10.000Z');
  expect(await check()).toEqual(["the database can't be written"]);
});
