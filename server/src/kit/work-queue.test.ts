import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createClock } from './clock.ts';
import { WorkQueue } from './work-queue.ts';

interface Run {
  key: string;
  signal: AbortSignal;
  finish: () => void;
}

function queueOf(concurrency: number): { queue: WorkQueue; runs: Run[]; errors: unknown[] } {
  const runs: Run[] = [];
  const errors: unknown[] = [];
  const queue = new WorkQueue({
    clock: createClock(),
    concurrency,
    run: (key, signal) => new Promise<void>((finish) => runs.push({ key, signal, finish })),
    onError: (error) => errors.push(error),
  });
  return { queue, runs, errors };
}

const keys = (runs: readonly Run[]): string[] => runs.map(({ key }) => key);

test('a key is queued once, runs one at a time, and again when added meanwhile', async () => {
  const { queue, runs } = queueOf(2);
  queue.add('a');
  queue.add('a');
  queue.add('a');
  await turn();
  expect(keys(runs)).toEqual(['a']);
  runs[0]?.finish();
  await turn();
  expect(keys(runs)).toEqual(['a', 'a']);
  runs[1]?.finish();
  await turn();
  expect(keys(runs)).toEqual(['a', 'a']);
});

test('no more run at once than allowed; the rest follow in order, none is dropped', async () => {
  const { queue, runs } = queueOf(2);
  for (const key of ['a', 'b', 'c', 'd']) queue.add(key);
  await turn();
  expect(keys(runs)).toEqual(['a', 'b']);
  runs[1]?.finish();
  await turn();
  expect(keys(runs)).toEqual(['a', 'b', 'c']);
  for (let at = 0; at < 4; at++) {
    runs[at]?.finish();
    await turn();
  }
  expect(keys(runs)).toEqual(['a', 'b', 'c', 'd']);
});

test('an interrupt aborts what runs and looks again', async () => {
  const { queue, runs } = queueOf(1);
  queue.add('a');
  queue.interrupt('a');
  expect(runs[0]?.signal.aborted).toBe(true);
  runs[0]?.finish();
  await turn();
  expect(keys(runs)).toEqual(['a', 'a']);
  expect(runs[1]?.signal.aborted).toBe(false);
});

test('an error is reported and the queue goes on', async () => {
  const errors: string[] = [];
  const seen: string[] = [];
  const queue = new WorkQueue({
    clock: createClock(),
    concurrency: 1,
    run(key) {
      seen.push(key);
      return key === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve();
    },
    onError: (_error, key) => errors.push(key),
  });
  queue.add('bad');
  queue.add('good');
  await turn();
  await turn();
  expect({ errors, seen }).toEqual({ errors: ['bad'], seen: ['bad', 'good'] });
});

test('close aborts, waits for what runs, and takes nothing more', async () => {
  const { queue, runs } = queueOf(1);
  queue.add('a');
  queue.add('b');
  const closed = queue.close();
  expect(runs[0]?.signal.aborted).toBe(true);
  queue.add('c');
  runs[0]?.finish();
  await closed;
  expect(keys(runs)).toEqual(['a']);
});
