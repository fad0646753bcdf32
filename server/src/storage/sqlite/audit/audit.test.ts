import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openDatabase, openForReading } from '../database.ts';
import { createAudit, verifyAudit } from './audit.ts';

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
