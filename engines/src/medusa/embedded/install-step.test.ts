/** One program of the installation: it ends with who started it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { step } from './install-step.ts';

const MODULE = new URL('install-step.ts', import.meta.url).href;

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-step-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a program ends when the process that started it is killed', async () => {
  const dir = folder();
  const pidFile = join(dir, 'pid');
  const starts = `import(${JSON.stringify(MODULE)}).then(({ step }) => step(${JSON.stringify(dir)}, ['/bin/sh', '-c', 'echo $$ >pid; exec sleep 600']))`;
  const parent = spawn(process.execPath, ['-e', starts], { stdio: 'ignore' });
  await expect
    .poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').endsWith('\n'), { timeout: 10_000 })
    .toBe(true);
  const pid = Number(readFileSync(pidFile, 'utf8'));
  onTestFinished(() => void (isAlive(pid) && process.kill(pid, 'SIGKILL')));
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
});

test('returns what a program printed, and says which one is missing or failed', async () => {
  const dir = folder();
  expect(await step(dir, ['/bin/sh', '-c', 'echo said'])).toBe('said\n');
  await expect(step(dir, ['no-such-program'])).rejects.toThrow(
    "Medusa can't be installed: no-such-program is not on this machine. Install it, then retry.",
  );
  await expect(step(dir, ['/bin/sh', '-c', 'echo worse >&2; exit 3'])).rejects.toThrow('failed (3): worse.');
});
