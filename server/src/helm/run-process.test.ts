import { closeSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { livingInGroup } from '../../test/support/processes.ts';
import { openInput } from './process-input.ts';
import { runProcess, type RunOptions } from './run-process.ts';

const FAKE = fileURLToPath(new URL('../../test/fixtures/fake-helm', import.meta.url));
const options: RunOptions = {
  env: { PATH: process.env['PATH'] ?? '', HOME: '/tmp' },
  signal: new AbortController().signal,
  limits: { timeoutMs: 10_000, graceMs: 300 },
};

test('a program gets its input whole', async () => {
  using dir = temporaryDir();
  const text = 'ä'.repeat(1_000_000);
  const input = openInput(text, dir.path);
  const result = await runProcess('wc', ['-c'], { ...options, input });
  closeSync(input);
  expect(Number(result.stdout)).toBe(2_000_000);
  expect(readdirSync(dir.path)).toEqual([]);
});

test('a timeout stops it by SIGTERM and says so', async () => {
  const result = await runProcess(FAKE, ['slow'], { ...options, limits: { timeoutMs: 200, graceMs: 300 } });
  expect(result).toMatchObject({ exitCode: 1, timedOut: true, cancelled: false });
  expect(result.stderr).toContain('Error: context canceled');
});

test.skipIf(process.platform !== 'linux')(
  'one that ignores SIGTERM is killed with its whole group after the grace period',
  async () => {
    const abort = new AbortController();
    let pid = 0;
    const running = runProcess(FAKE, ['stubborn'], {
      ...options,
      signal: abort.signal,
      onStart: (started) => (pid = started),
    });
    await sleep(150);
    const aborted = performance.now();
    abort.abort();
    expect(await running).toMatchObject({ exitCode: null, cancelled: true });
    expect(performance.now() - aborted).toBeGreaterThan(250);
    expect(livingInGroup(pid)).toEqual([]);
  },
);

test('an aborted signal starts nothing', async () => {
  const result = await runProcess(FAKE, ['anything'], { ...options, signal: AbortSignal.abort() });
  expect(result).toMatchObject({ exitCode: null, cancelled: true });
});

test('a program that is not there throws', async () => {
  await expect(runProcess('/no/such/program', [], options)).rejects.toThrow(/ENOENT/);
});
