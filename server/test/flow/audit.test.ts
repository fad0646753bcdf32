/** The audit trail of a server: what is in it, how it gets out, and that nobody can edit it unnoticed. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startServerProcess, temporaryDir } from '@shopyard/testkit';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

test('tells who did what from where, as lines of JSON, and notices an edited entry', async () => {
  using dir = temporaryDir();
  const server = await startServerProcess({ dataDir: dir.path });
  const env = { ...process.env, SHOPYARD_URL: server.url, SHOPYARD_DATA_DIR: dir.path };
  const script = async (path: string): Promise<string> =>
    (await run(process.execPath, [join(ROOT, path)], { env })).stdout;
  const body = JSON.stringify({ name: 'mugs', values: { store: { title: 'A secret title' } } });
  const created = await fetch(`${server.url}/stores`, { method: 'POST', headers: { 'User-Agent': 'our test' }, body });
  const { id } = (await created.json()) as { id: string };
  await fetch(`${server.url}/stores/${id}`, { method: 'DELETE' });
  await fetch(`${server.url}/set-up-codes`, { method: 'POST' });

  const entries = (await script('scripts/src/export-audit.ts'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const here = { actor: 'local', by: 'open', via: 'rest', outcome: 'ok', address: '127.0.0.1' };
  expect(entries).toMatchObject([
    { ...here, seq: 1, action: 'stores.create', object: id, client: 'our test' },
    { ...here, seq: 2, action: 'stores.remove', object: id },
    { ...here, seq: 3, action: 'access.createSetUpCode' },
  ]);
  expect(JSON.stringify(entries)).not.toContain('A secret title');
  const answer = await fetch(`${server.url}/audit?action=stores.remove`);
  expect(await answer.json()).toEqual({ entries: [entries[1]] });

  // Each is a line of the log, too.
  const logged = server
    .log()
    .split('\n')
    .filter((line) => line.includes('"audit":true'));
  expect(logged.map((line) => (JSON.parse(line) as { hash: string }).hash)).toEqual(entries.map(({ hash }) => hash));

  // Also while the server runs.
  expect(await script('server/src/verify-audit.ts')).toContain(
    `3 entries; the hash of the last one is ${String(entries[2]?.['hash'])}`,
  );
  await server.stop();
  const sqlite = new SQLite(join(dir.path, 'shopyard.db'));
  sqlite.exec(`DROP TRIGGER audit_unchanged; UPDATE audit SET actor = 'somebody else' WHERE seq = 2`);
  sqlite.close();
  await expect(script('server/src/verify-audit.ts')).rejects.toThrow('not as it was written: entry 2 was changed');
});
