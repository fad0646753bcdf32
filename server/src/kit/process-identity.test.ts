import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startTime } from './process-identity.ts';

test.each([{ platform: 'linux' }, { platform: 'darwin' }] as const)(
  'on $platform a running process keeps its start time, and one that ended has none',
  async ({ platform }) => {
    const first = startTime(process.pid, platform);
    expect(first).toMatch(/^\S+$/);
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    expect(startTime(child.pid ?? 0, platform)).toMatch(/^\S+$/);
    expect(startTime(process.pid, platform)).toBe(first);
    child.kill();
    await once(child, 'exit');
    expect(startTime(child.pid ?? 0, platform)).toBeUndefined();
    expect(startTime(spawnSync('true').pid, platform)).toBeUndefined();
  },
);
