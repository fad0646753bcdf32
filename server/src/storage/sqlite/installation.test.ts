import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { resolveInstallation } from './installation.ts';
import type { Database } from './tables.ts';

let dir: string;
let db: Database;
const written = (): string => readFileSync(join(dir, 'installation'), 'utf8');

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'installation-'));
  db = await openDatabase(':memory:');
});
afterEach(async () => {
  await db.destroy();
  rmSync(dir, { recursive: true });
});

test('an id is made once, and kept in the database and in a file', async () => {
  const id = await resolveInstallation(db, dir);
  expect(id).toMatch(/^in_[0-9a-f]{16}$/);
  expect(written()).toBe(`${id}\n`);
  expect(await resolveInstallation(db, dir)).toBe(id);
});

test('a lost database gets the id of the file, a lost file that of the database', async () => {
  const id = await resolveInstallation(db, dir);
  const empty = await openDatabase(':memory:');
  expect(await resolveInstallation(empty, dir)).toBe(id);
  await empty.destroy();
  rmSync(join(dir, 'installation'));
  expect(await resolveInstallation(db, dir)).toBe(id);
  expect(written()).toBe(`${id}\n`);
});

test('where they differ, the database counts: its stores carry that id', async () => {
  const id = await resolveInstallation(db, dir);
  writeFileSync(join(dir, 'installation'), 'in_0000000000000000\n');
  expect(await resolveInstallation(db, dir)).toBe(id);
  expect(written()).toBe(`${id}\n`);
});

test('a file that holds something else is refused by its name', async () => {
  writeFileSync(join(dir, 'installation'), 'shopyard.dev/x=y\n');
  await expect(resolveInstallation(db, dir)).rejects.toThrow(`${join(dir, 'installation')} holds no installation id`);
});
