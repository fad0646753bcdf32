import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createClock } from '../kit/clock.ts';
import type { MovedReleases } from '../cluster/move-releases.ts';
import { createPreparation } from './preparation.ts';

interface Outcome {
  /** Calls in order. */
  calls: string[];
  lines: string;
}

/** Runs a preparation whose first `failures` cluster requests fail. */
async function prepare(found: Partial<MovedReleases>, failures = 0): Promise<Outcome> {
  const calls: string[] = [];
  let lines = '';
  let left = failures;
  const preparation = createPreparation({
    listStores: () => {
      calls.push('list');
      left -= 1;
      return left >= 0 ? Promise.reject(new Error('no answer')) : Promise.resolve([]);
    },
    bindStoreRoles: () => {
      calls.push('bind');
      return Promise.resolve();
    },
    moveReleases: () => {
      calls.push('move');
      return Promise.resolve({ moved: 0, reinstalled: [], unknown: [], ...found });
    },
    pinCharts: () => {
      calls.push('pin');
      return Promise.resolve();
    },
    log: pino({ base: null }, { write: (line: string) => (lines += line) }),
    clock: { ...createClock(), sleep: () => Promise.resolve() },
  });
  await preparation.run();
  return { calls, lines };
}

test('binds rights, moves releases, and then reads their charts', async () => {
  expect((await prepare({})).calls).toEqual(['list', 'bind', 'move', 'pin']);
});

test('tries again until the cluster answers', async () => {
  const { calls, lines } = await prepare({}, 2);
  expect(calls).toEqual(['list', 'list', 'list', 'bind', 'move', 'pin']);
  expect(lines.match(/could not be prepared/g)).toHaveLength(2);
});

test('logs once which stores an administrator has to move, and how', async () => {
  const unknown = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `store-${name}`);
  const { lines } = await prepare({ unknown }, 1);
  expect(lines.match(/npm run move-releases/g)).toHaveLength(1);
  expect(lines).toContain('store-a, store-b, store-c, store-d, store-e and 2 more');
});

test('logs nothing if there is nothing to move', async () => {
  expect((await prepare({})).lines).toBe('');
});
