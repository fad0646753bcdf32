import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { temporaryDir } from '@shopyard/testkit';
import { openDatabase } from '../database.ts';

const INSERT = `INSERT INTO stores (id, name, namespace, engine, store_values, generation, desired, created_at, created_by,
  phase, profile) VALUES ('st_1', 'a', 'store-a', 'woocommerce', '{"size":"small"}', 3, 'present', '2026', 'ann', 'Ready', '{}')`;

test('a table made before there were suspended stores keeps its rows and its index, and takes them', async () => {
  using dir = temporaryDir();
  const file = join(dir.path, 'shopyard.db');
  await (await openDatabase(file, { upTo: '0015-versions' })).destroy();
  const sqlite = new SQLite(file);
  sqlite.exec(INSERT);
  expect(() => sqlite.exec(`UPDATE stores SET desired = 'suspended'`)).toThrow(/CHECK/);
  sqlite.close();

  const db = await openDatabase(file);
  const row = await db.selectFrom('stores').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ id: 'st_1', generation: 3, store_values: '{"size":"small"}', resumed_at: null });
  await db.updateTable('stores').set({ desired: 'suspended' }).execute();
  await db.destroy();
  const after = new SQLite(file);
  expect(() => after.exec(`UPDATE stores SET desired = 'asleep'`)).toThrow(/CHECK/);
  expect(after.prepare(`SELECT name FROM sqlite_master WHERE name = 'stores_by_age'`).all()).toHaveLength(1);
  after.close();
});
