import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { EmbeddedPostgres, type PostgresOptions } from './postgres.ts';
import { writePrograms } from './testing.ts';

const SCRIPT = fileURLToPath(new URL('postgres.sh', import.meta.url));

function options(): PostgresOptions {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-postgres-'));
  const made = { programs: join(dir, 'bin'), data: join(dir, 'data'), sockets: join(dir, 'run') };
  writePrograms(made.programs);
  mkdirSync(made.sockets, { mode: 0o700 });
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return made;
}

const pidIn = ({ data }: PostgresOptions): number => Number(readFileSync(join(data, 'store/pid'), 'utf8'));
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('starts once for all who ask, on a socket alone', async () => {
  const own = options();
  const postgres = new EmbeddedPostgres(own);
  await Promise.all([postgres.start(), postgres.start()]);
  const pid = pidIn(own);
  onTestFinished(() => void process.kill(pid, 'SIGKILL'));
  expect(existsSync(join(own.sockets, '.s.PGSQL.5432'))).toBe(true);
  expect(postgres.url).toBe(`postgres://medusa@${encodeURIComponent(own.sockets)}/{name}?sslmode=disable`);
  await postgres.start();
  expect(pidIn(own)).toBe(pid);
});

test('starts again by itself after it was killed', async () => {
  const own = options();
  await new EmbeddedPostgres(own).start();
  const killed = pidIn(own);
  process.kill(killed, 'SIGKILL');
  await expect.poll(() => pidIn(own)).not.toBe(killed);
  onTestFinished(() => void process.kill(pidIn(own), 'SIGKILL'));
});

test('says its last words where it does not start', async () => {
  const own = options();
  const postgres = new EmbeddedPostgres({ ...own, programs: join(own.programs, 'none') });
  await expect(postgres.start()).rejects.toThrow(/^PostgreSQL does not start: .*(?:not found|No such file)/);
});

test('says them whole where they come in pieces', async () => {
  const own = options();
  const failing = `#!/bin/sh\nfor part in 'disk ' full '\\n' '\\n'; do printf "$part" >&2; sleep 0.1; done\nexit 1\n`;
  writeFileSync(join(own.programs, 'initdb'), failing);
  await expect(new EmbeddedPostgres(own).start()).rejects.toThrow('PostgreSQL does not start: disk full');
});

test('ends when its input closes, as that of a killed parent does', async () => {
  const own = options();
  const child = spawn('/bin/sh', [SCRIPT, own.programs, own.data, own.sockets], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  await expect.poll(() => existsSync(join(own.sockets, '.s.PGSQL.5432'))).toBe(true);
  const pid = pidIn(own);
  child.stdin.end();
  await once(child, 'close');
  expect(isAlive(pid)).toBe(false);
});
