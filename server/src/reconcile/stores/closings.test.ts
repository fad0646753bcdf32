import { expect, test } from 'vitest';
import type { ObservedPod } from '../../domain/observation.ts';
import type { StoreRecord } from '../../domain/store.ts';
import { readySituation, readyStore, readyView } from '../../domain/testing.ts';
import { Closings } from './closings.ts';

const UPDATED = { generation: 2, observedGeneration: 1 };

/** Looks at the store at some second; open: a pod of its shop is ready. */
function watcher(closings: Closings) {
  return (second: number, isOpen: boolean, change: Partial<StoreRecord> = UPDATED): void => {
    const pod: ObservedPod = {
      storeId: 'st_1',
      namespace: 'store-alpha',
      name: 'wordpress-1',
      component: 'wordpress',
      createdAt: '2026-01-01T00:00:00.000Z',
      phase: 'Running',
      ready: isOpen,
      terminating: false,
      containers: [],
    };
    closings.note(readySituation({ store: readyStore(change), view: readyView({ pods: [pod] }), now: second * 1000 }));
  };
}

test('adds up the times in which a change keeps the shop closed, and forgets them', () => {
  const closings = new Closings();
  const look = watcher(closings);
  look(0, true);
  look(3, false);
  look(9, false);
  look(10, true);
  look(20, false);
  look(22.4, true);
  look(30, true);
  expect(closings.take('st_1')).toBe(9);
  expect(closings.take('st_1')).toBeUndefined();
});

test('a change that closes nothing took 0 seconds', () => {
  const closings = new Closings();
  watcher(closings)(0, true);
  expect(closings.take('st_1')).toBe(0);
});

test('starts anew with each generation', () => {
  const closings = new Closings();
  const look = watcher(closings);
  look(0, false);
  look(50, true, { generation: 3, observedGeneration: 1 });
  expect(closings.take('st_1')).toBe(0);
});

test.each<[string, Partial<StoreRecord>]>([
  ['a shop that was never open', { ...UPDATED, readyAt: undefined }],
  ['a change that began before this server', { generation: 2, observedGeneration: 2 }],
])('knows nothing of %s', (_title, change) => {
  const closings = new Closings();
  const look = watcher(closings);
  look(0, false, change);
  look(5, true, change);
  expect(closings.take('st_1')).toBeUndefined();
});
