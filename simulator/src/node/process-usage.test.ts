import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { usageOfProcess } from './process-usage.ts';

const MIB = 2 ** 20;

test('reports CPU and memory of a busy process, and the memory of an idle one', async () => {
  const hold = `const held = Buffer.alloc(${100 * MIB}, 1); process.stdout.write('ready');`;
  const busy = spawn(process.execPath, ['-e', `${hold} setImmediate(() => { for (;;) held[0] += 1; })`]);
  const idle = spawn(process.execPath, ['-e', `${hold} setInterval(() => held, 1e6)`]);
  try {
    await Promise.all([once(busy.stdout, 'data'), once(idle.stdout, 'data')]);
    const [spinning, waiting] = await Promise.all([usageOfProcess(busy.pid), usageOfProcess(idle.pid)]);
    expect(spinning.cpu).toBeGreaterThan(waiting.cpu);
    expect(spinning.cpu).toBeGreaterThan(0.05);
    for (const { memory } of [spinning, waiting]) {
      expect(memory).toBeGreaterThan(100 * MIB);
      expect(memory).toBeLessThan(400 * MIB);
    }
  } finally {
    busy.kill('SIGKILL');
    idle.kill('SIGKILL');
  }
});

test('reports no usage for a process that does not exist', async () => {
  expect(await usageOfProcess(undefined)).toEqual({ cpu: 0, memory: 0 });
  expect(await usageOfProcess(2 ** 30)).toEqual({ cpu: 0, memory: 0 });
});
