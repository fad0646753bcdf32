import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openDatabase } from '../database.ts';
import { createRevisionReads } from '../revisions.ts';

const CREATED = '2026-01-01T00:00:00.000Z';
const UPDATED = '2026-01-02T00:00:00.000Z';

test('a store from before begins with its present values, as last called for', async () => {
  using dir = temporaryDir();
  const file = join(dir.path, 'shopyard.db');
  await (await openDatabase(file, { upTo: '0012-event-names' })).destroy();
  const sqlite = new SQLite(file);
  const addStore = sqlite.prepare(
    `INSERT INTO stores (id, name, namespace, engine, store_values, generation, desired, created_at, created_by, phase)
     VALUES (?, ?, ?, 'woocommerce', '{"size":"l"}', 4, 'present', ?, 'ann', ?)`,
  );
  for (const phase of ['Ready', 'Failed', 'Upgrading']) addStore.run(phase, phase, phase, CREATED, phase);
  const addEntry = sqlite.prepare(
    `INSERT INTO store_events (store_id, at, kind, actor, what, message) VALUES ('Ready', ?, 'call', ?, ?, '')`,
  );
  addEntry.run(CREATED, 'ann', 'create');
  addEntry.run(UPDATED, 'bob', 'update');
  addEntry.run('2026-01-03T00:00:00.000Z', 'eve', 'retry');
  sqlite.close();

  const db = await openDatabase(file);
  const find = (id: string): Promise<unknown> => createRevisionReads(db).find(id, 4);
  const one = { generation: 4, values: { size: 'l' }, actor: 'ann', at: CREATED };
  const verified = { outcome: 'verified', verifiedAt: UPDATED };
  expect(await find('Ready')).toEqual({ ...one, actor: 'bob', at: UPDATED, ...verified });
  expect(await find('Failed')).toEqual({ ...one, outcome: 'failed' });
  expect(await find('Upgrading')).toEqual(one);
  await db.destroy();
});
