import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockVolume } from './volume-lock.ts';

function volume(): string {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-volume-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function sleeper(): ChildProcess & { pid: number } {
  const child = spawn('sleep', ['60']) as ChildProcess & { pid: number };
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

const startOf = (pid: number): string => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
};

test('locks a volume, closes it to other users, and releases it', async () => {
  const dir = volume();
  chmodSync(dir, 0o755);
  const unlock = await lockVolume(dir, 'serve');
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  expect(JSON.parse(readFileSync(join(dir, 'serve.pid'), 'utf8'))).toMatchObject({ pid: process.pid });
  unlock();
  expect(existsSync(join(dir, 'serve.pid'))).toBe(false);
});

test.runIf(process.platform === 'linux')('refuses a volume that another cluster serves', async () => {
  const dir = volume();
  const [holder, parent] = [sleeper(), sleeper()];
  const file = {
    pid: holder.pid,
    started: startOf(holder.pid),
    parent: parent.pid,
    parentStarted: startOf(parent.pid),
  };
  writeFileSync(join(dir, 'serve.pid'), JSON.stringify(file));
  await expect(lockVolume(dir, 'serve')).rejects.toThrow(`in use by the process ${holder.pid}`);
  expect(holder.exitCode ?? holder.signalCode).toBeNull();
});

test.runIf(process.platform === 'linux')('ends a process that its cluster left behind', async () => {
  const dir = volume();
  const holder = sleeper();
  const file = { pid: holder.pid, started: startOf(holder.pid), parent: 2 ** 22 + 1, parentStarted: '1' };
  writeFileSync(join(dir, 'serve.pid'), JSON.stringify(file));
  const ended = once(holder, 'exit');
  const unlock = await lockVolume(dir, 'serve');
  expect((await ended)[1]).toBe('SIGKILL');
  unlock();
});

test.runIf(process.platform === 'linux')('leaves another process that reused the pid alone', async () => {
  const dir = volume();
  const other = sleeper();
  writeFileSync(
    join(dir, 'serve.pid'),
    JSON.stringify({ pid: other.pid, started: '1', parent: 1, parentStarted: '1' }),
  );
  (await lockVolume(dir, 'serve'))();
  expect(other.exitCode ?? other.signalCode).toBeNull();
});
