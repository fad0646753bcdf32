import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { temporaryDir } from '@shopyard/testkit';
import { MAIN_CLUSTER } from '../../../domain/cluster-id.ts';
import { openDatabase } from '../database.ts';

const AT = '2026-01-01T00:00:00.000Z';
const condition = (type: string): object => ({
  type,
  status: 'False',
  reason: 'NotReady',
  message: 'the log says {"type":"WordPressReady"}',
  lastTransitionTime: AT,
});
const attempt = (type: string): object => ({
  kind: 'create',
  startedAt: AT,
  steps: [{ type, state: 'done', startedAt: AT, durationMs: 7 }],
});

test('renames the condition in conditions, steps and history, keeps its times and messages, and names the main cluster', async () => {
  using dir = temporaryDir();
  const file = join(dir.path, 'shopyard.db');
  await (await openDatabase(file, { upTo: '0007-attention' })).destroy();
  const sqlite = new SQLite(file);
  sqlite
    .prepare(
      `INSERT INTO stores (id, name, namespace, engine, store_values, generation, desired, created_at, created_by, phase,
         observed_generation, verified_revision, conditions, attempt)
       VALUES ('st_1', 'a', 'store-a', 'woocommerce', '{}', 1, 'present', ?, 'ann', 'Degraded', 1, 1, ?, ?)`,
    )
    .run(AT, JSON.stringify([condition('WordPressReady')]), JSON.stringify(attempt('WordPressReady')));
  const addEntry = sqlite.prepare(
    `INSERT INTO store_events (store_id, at, kind, actor, what, message) VALUES ('st_1', ?, ?, 'reconciler', ?, '')`,
  );
  addEntry.run(AT, 'condition', 'WordPressReady');
  addEntry.run(AT, 'call', 'WordPressReady');
  sqlite.close();

  const db = await openDatabase(file);
  const row = await db.selectFrom('stores').selectAll().executeTakeFirstOrThrow();
  expect(row.cluster_id).toBe(MAIN_CLUSTER);
  expect(JSON.parse(row.conditions)).toEqual([condition('ApplicationReady')]);
  expect(JSON.parse(row.attempt ?? '')).toEqual(attempt('ApplicationReady'));
  const entries = await db.selectFrom('store_events').select(['kind', 'what', 'at']).orderBy('seq').execute();
  expect(entries).toEqual([
    { kind: 'condition', what: 'ApplicationReady', at: AT },
    { kind: 'call', what: 'WordPressReady', at: AT },
  ]);
  await db.destroy();
});
