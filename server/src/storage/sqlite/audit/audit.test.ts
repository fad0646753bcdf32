import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openDatabase, openForReading } from '../database.ts';
import { createAudit, verifyAudit } from './audit.ts';
import { hashOf } from './chain.ts';

const ENTRY = {
  at: '2026-01-01T12:00:00.000Z',
  actor: 'ann',
  by: 'session',
  via: 'rest',
  action: 'a',
  outcome: 'ok',
} as const;

/** What `verifyAudit` finds once `change` was made to a trail of five, by somebody who reaches the file. */
async function afterwards(change: string): Promise<string | undefined> {
  using dir = temporaryDir();
  const file = join(dir.path, 'shopyard.db');
  const db = await openDatabase(file);
  for (let number = 1; number <= 5; number++) await createAudit(db).append({ ...ENTRY, detail: String(number) });
  await db.destroy();
  const sqlite = new SQLite(file);
  sqlite.exec(`DROP TRIGGER audit_unchanged; DROP TRIGGER audit_kept; ${change}`);
  sqlite.close();
  const reading = openForReading(file);
  const { fault } = await verifyAudit(reading);
  await reading.destroy();
  return fault;
}

const SWAP = `UPDATE audit SET seq = 9 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 9`;

test.each([
  { what: 'no change', change: '', fault: undefined },
  { what: 'another actor', change: `UPDATE audit SET actor = 'bob' WHERE seq = 3`, fault: 'entry 3 was changed' },
  { what: 'another time', change: `UPDATE audit SET at = '2027' WHERE seq = 5`, fault: 'entry 5 was changed' },
  { what: 'a removed detail', change: 'UPDATE audit SET detail = NULL WHERE seq = 1', fault: 'entry 1 was changed' },
  { what: 'a missing entry', change: 'DELETE FROM audit WHERE seq = 2', fault: 'entry 2 is missing' },
  { what: 'a missing beginning', change: 'DELETE FROM audit WHERE seq < 3', fault: 'entry 1 is missing' },
  { what: 'two entries in the wrong order', change: SWAP, fault: 'entry 2 does not follow entry 1' },
  {
    what: 'an entry taken out and the others moved up',
    change: 'DELETE FROM audit WHERE seq = 2; UPDATE audit SET seq = seq - 1 WHERE seq > 2',
    fault: 'entry 2 does not follow entry 1',
  },
])('finds $what', async ({ change, fault }) => {
  expect(await afterwards(change)).toBe(fault);
});

test('the database itself refuses to change or remove an entry', async () => {
  using dir = temporaryDir();
  const file = join(dir.path, 'shopyard.db');
  const db = await openDatabase(file);
  await createAudit(db).append(ENTRY);
  await db.destroy();
  const sqlite = new SQLite(file);
  expect(() => sqlite.exec(`UPDATE audit SET actor = 'bob'`)).toThrow('never changed');
  expect(() => sqlite.exec('DELETE FROM audit')).toThrow('never shortened');
  sqlite.close();
});

test('a trail is trimmed at its beginning alone, says so, and verifies; one that was cut by hand does not', async () => {
  using dir = temporaryDir();
  const file = join(dir.path, 'shopyard.db');
  const db = await openDatabase(file);
  const audit = createAudit(db);
  const at = new Date();
  const daysAgo = (days: number): string => new Date(at.getTime() - days * 24 * 3_600_000).toISOString();
  for (const days of [500, 401, 300, 450, 1]) await audit.append({ ...ENTRY, at: daysAgo(days) });
  const entry = { ...ENTRY, actor: 'server', at: at.toISOString() };
  expect(await audit.trim(new Date(daysAgo(400)), entry)).toBe(2);
  expect(await audit.trim(new Date(daysAgo(400)), entry)).toBe(0);
  const left = await audit.list({ after: 0, limit: 9 });
  expect(left.map(({ seq, action, object }) => [seq, action, object])).toEqual([
    [3, 'a', undefined],
    [4, 'a', undefined],
    [5, 'a', undefined],
    [6, 'audit.trim', '2'],
  ]);
  expect(await verifyAudit(db)).toMatchObject({ entries: 4, fault: undefined });
  // Too young, whoever asks.
  await expect(audit.trim(at, entry)).rejects.toThrow('never shortened');
  expect(await verifyAudit(db)).toMatchObject({ entries: 4, fault: undefined });
  await db.destroy();
  const sqlite = new SQLite(file);
  sqlite.exec('DROP TRIGGER audit_kept; DELETE FROM audit WHERE seq = 3');
  sqlite.close();
  const reading = openForReading(file);
  expect((await verifyAudit(reading)).fault).toBe('entry 1 is missing');
  await reading.destroy();
});

test('an entry from before there were tokens keeps its hash, and one that loses its token is found', async () => {
  const hash = '0'.repeat(64);
  const entry = { ...ENTRY, seq: 1, previous: '', hash };
  expect(hashOf(entry)).not.toBe(hashOf({ ...entry, tokenId: 'abcdefgh' }));
  using dir = temporaryDir();
  const file = join(dir.path, 'shopyard.db');
  const db = await openDatabase(file);
  await createAudit(db).append({ ...ENTRY, tokenId: 'abcdefgh' });
  expect(await createAudit(db).list({ limit: 1 })).toMatchObject([{ tokenId: 'abcdefgh' }]);
  await db.destroy();
  const sqlite = new SQLite(file);
  sqlite.exec('DROP TRIGGER audit_unchanged; UPDATE audit SET token_id = NULL');
  sqlite.close();
  const reading = openForReading(file);
  expect((await verifyAudit(reading)).fault).toBe('entry 1 was changed');
  await reading.destroy();
});
