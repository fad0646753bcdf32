/** A process started ahead of time: who gets it, and what happens to it if nobody does. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Launcher } from './launcher.ts';

/** Keeps a file named after its pid while it is alive, and prints its pid when it is asked to serve. */
const PROGRAM = `
import { rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
const mark = new URL('./alive-' + process.pid, import.meta.url);
writeFileSync(mark, '');
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  if (JSON.parse(line).task === 'ahead') return;
  console.log(String(process.pid));
});
lines.once('close', () => process.exit(0));
process.once('exit', () => rmSync(mark));
`;

function launcher(): { launcher: Launcher; alive: () => string[]; serve: (spec: object) => Promise<string> } {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-launcher-'));
  writeFileSync(join(dir, 'store.mjs'), PROGRAM);
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const launcher = new Launcher(join(dir, 'store.mjs'));
  const alive = (): string[] => readdirSync(dir).filter((name) => name.startsWith('alive-'));
  return {
    launcher,
    alive,
    async serve(spec) {
      const printed = Promise.withResolvers<string>();
      const started = launcher.serve(spec, printed.resolve);
      const pid = await printed.promise;
      started.stop(1000);
      await started.exited;
      return `alive-${pid}`;
    },
  };
}
const soon = { timeout: 10_000, interval: 20 };

test('prepares one process at most; the next store gets it, the one after that another', async () => {
  const { launcher: own, alive, serve } = launcher();
  own.prepare({ task: 'ahead' });
  own.prepare({ task: 'ahead' });
  await expect.poll(alive, soon).toHaveLength(1);
  const [spare] = alive();
  expect(await serve({})).toBe(spare);
  expect(await serve({})).not.toBe(spare);
  expect(alive()).toEqual([]);
});

test('stops a process that is unused for a minute; another can be prepared', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { launcher: own, alive, serve } = launcher();
  own.prepare({ task: 'ahead' });
  const until = async (count: number): Promise<void> => {
    while (alive().length !== count) await pause(20);
  };
  await until(1);
  const [spare] = alive();
  vi.advanceTimersByTime(60_000);
  await until(0);
  own.prepare({ task: 'ahead' });
  await until(1);
  expect(alive()).not.toEqual([spare]);
  expect(await serve({})).not.toBe(spare);
});

test('hands out no process that has died', async () => {
  const { launcher: own, alive, serve } = launcher();
  own.prepare({ task: 'ahead' });
  await expect.poll(alive, soon).toHaveLength(1);
  const [spare = ''] = alive();
  process.kill(Number(spare.slice('alive-'.length)));
  await expect.poll(() => own.hasSpare, soon).toBe(false);
  expect(await serve({})).not.toBe(spare);
});
