import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openDatabase } from '../database.ts';
import { createPeople } from '../people/people.ts';

test('users from before there were teams keep their role, in the first team', async () => {
  using dir = temporaryDir();
  const file = join(dir.path, 'shopyard.db');
  await (await openDatabase(file, { upTo: '0021-audit' })).destroy();
  const sqlite = new SQLite(file);
  sqlite.exec(
    `INSERT INTO users (id, name, role, created_at) VALUES ('us_1', 'ann', 'admin', '2026'), ('us_2', 'bob', 'operator', '2026')`,
  );
  sqlite.close();
  const db = await openDatabase(file);
  const { users, teams } = createPeople(db);
  expect(await users.list()).toEqual([
    { id: 'us_1', name: 'ann', admin: true, teams: {}, createdAt: '2026' },
    { id: 'us_2', name: 'bob', admin: false, teams: { default: 'operator' }, createdAt: '2026' },
  ]);
  expect(await teams.list()).toEqual([{ id: 'default', limits: {} }]);
  await db.destroy();
});
