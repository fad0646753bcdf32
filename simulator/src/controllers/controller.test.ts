import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import type { KubeObject } from '../objects.ts';
import { ObjectStore } from '../storage/object-store.ts';
import { Registry } from '../storage/registry.ts';
import { runControllers } from './controller.ts';

const pod: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'ns', uid: 'p', resourceVersion: '0', creationTimestamp: '' },
};
const ref = { plural: 'pods', namespace: 'ns', name: 'p' } as const;

const FAILS = {
  'asks to come again': (again: () => void): void => again(),
  throws: (): void => {
    throw new Error('broken');
  },
};

test.each(Object.entries(FAILS))(
  'a controller that %s waits even at speed 0, and once however many changes there were',
  async (_, fail) => {
    const store = new ObjectStore();
    const registry = new Registry(store, createClock(0));
    let reconciled = 0;
    const stop = runControllers(
      [
        {
          plural: 'pods',
          reconcile(_key, context) {
            reconciled++;
            // 50 ms of real time.
            fail(() => context.requeueAfter(5000));
          },
        },
      ],
      { registry, events: { record: () => {} }, onError: () => {} },
    );
    const CHANGES = 20;
    for (let change = 0; change < CHANGES; change++) {
      store.put(ref, pod);
      await delay(1);
    }
    reconciled = 0;
    const began = performance.now();
    await expect.poll(() => reconciled, { interval: 1 }).toBeGreaterThanOrEqual(5);
    // A throw is tried again after 10 ms of real time. One wait per change would be over in the first round.
    expect(performance.now() - began).toBeGreaterThan(30);
    stop();
  },
);

test.each([
  { first: 5000, second: 600_000 },
  { first: 600_000, second: 5000 },
])('of waits of $first and $second ms, the shorter counts', async ({ first, second }) => {
  const store = new ObjectStore();
  let reconciled = 0;
  const stop = runControllers(
    [
      {
        plural: 'pods',
        reconcile(_key, context) {
          if (reconciled++ > 0) return;
          context.requeueAfter(first);
          context.requeueAfter(second);
        },
      },
    ],
    { registry: new Registry(store, createClock(0)), events: { record: () => {} }, onError: () => {} },
  );
  store.put(ref, pod);
  // 50 ms of real time; the longer one takes six seconds.
  await expect.poll(() => reconciled, { timeout: 3000, interval: 5 }).toBe(2);
  stop();
});
