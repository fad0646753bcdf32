import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataDir, thisProcess } from './data-lock.ts';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'lock-'))));
afterEach(() => rmSync(dir, { recursive: true }));

/** A pid that was given out, and is free again. */
const ended = (): number => spawnSync(process.execPath, ['--version']).pid;
const leave = (text: string): void => writeFileSync(join(dir, 'server.pid'), text);

test('the lock names this process, and goes when it is given back', () => {
  const { host, pid, started } = thisProcess();
  const lock = lockDataDir(dir);
  expect(readFileSync(join(dir, 'server.pid'), 'utf8')).toBe(`${pid} ${started} ${host}\n`);
  expect(lock.predecessor).toBeUndefined();
  lock.release();
  expect(lockDataDir(dir).predecessor).toBeUndefined();
});

test('a process of this host that left its lock and has ended is the predecessor', () => {
  const { host } = thisProcess();
  const pid = ended();
  leave(`${pid} 123 ${host}\n`);
  expect(lockDataDir(dir).predecessor).toEqual({ host, pid, started: '123' });
});

test('nothing is known of a process on another host, on a clone of this one, or of an earlier version', () => {
  const { host } = thisProcess();
  for (const other of ['elsewhere', `${host.slice(0, -8)}00000000`, '']) {
    leave(`${ended()} 123 ${other}\n`);
    expect(lockDataDir(dir).predecessor).toBeUndefined();
  }
});

test('one that runs is named by its pid', () => {
  const { host } = thisProcess();
  const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  leave(`${process.ppid} ${started} ${host}\n`);
  expect(() => lockDataDir(dir)).toThrow(`pid ${process.ppid}`);
});
