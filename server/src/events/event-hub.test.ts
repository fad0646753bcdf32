import type { Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { EventHub } from './event-hub.ts';
import { StoreBoard } from './store-board.ts';

const store = (id: string, phase: Store['phase']): Store => ({ id, phase, name: id }) as Store;
const platform = { version: '1', storeUrl: '', cluster: { kind: 'embedded', synced: true } } as const;

test('what came after an id can be had again; another run and the future cannot', () => {
  const hub = new EventHub();
  for (const id of ['a', 'b', 'c']) hub.publish({ type: 'store', store: store(id, 'Queued') });
  expect(hub.since(hub.idAt(1))?.map(({ seq }) => seq)).toEqual([2, 3]);
  expect(hub.since(hub.idAt(3))).toEqual([]);
  expect(hub.since('other:1')).toBeUndefined();
  expect(hub.since(hub.idAt(4))).toBeUndefined();
  expect(hub.since('nonsense')).toBeUndefined();
});

test('what is too old is gone from the ring, and said so', () => {
  const hub = new EventHub();
  for (let count = 0; count <= 40_000; count++) hub.publish({ type: 'store', store: store('a', 'Queued') });
  expect(hub.since(hub.idAt(5))).toBeUndefined();
  expect(hub.since(hub.idAt(40_000))).toHaveLength(1);
});

test('the board publishes changes only', () => {
  const hub = new EventHub();
  const board = new StoreBoard(hub, platform);
  board.set(store('a', 'Queued'));
  board.set(store('a', 'Queued'));
  board.set(store('a', 'Ready'));
  board.setPlatform({ ...platform });
  board.remove('a');
  board.remove('a');
  expect(hub.since(hub.idAt(0))?.map(({ type }) => type)).toEqual(['store', 'store', 'removed']);
  expect(board.list()).toEqual([]);
});
