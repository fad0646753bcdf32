import { expect, test } from 'vitest';
import { countStores, freeRoom, type NodeRoom, shareRequested } from './capacity.ts';

const GIB = 1024 ** 3;
const node = (name: string, change: Partial<NodeRoom> = {}): NodeRoom => ({
  name,
  cpu: 4000,
  memory: 8 * GIB,
  pods: 110,
  usable: true,
  ...change,
});
const pod = (cpu: number, gib: number): { cpu: number; memory: number } => ({ cpu, memory: gib * GIB });
const SMALL = [pod(100, 0.25), pod(50, 0.25)];

test('counts stores until memory, CPU or pods run out', () => {
  expect(countStores([node('a')], SMALL, 1000)).toBe(16);
  expect(countStores([node('a', { cpu: 450 })], SMALL, 1000)).toBe(3);
  expect(countStores([node('a', { pods: 5 })], SMALL, 1000)).toBe(2);
});

test('fits pods on single nodes: two halves of a node hold no pod that needs three quarters', () => {
  const halves = [node('a', { memory: 4 * GIB }), node('b', { memory: 4 * GIB })];
  expect(countStores(halves, [pod(100, 6)], 1000)).toBe(0);
  expect(countStores([node('a')], [pod(100, 6)], 1000)).toBe(1);
  // A store's pods may be on different nodes.
  expect(countStores(halves, [pod(100, 3), pod(100, 3)], 1000)).toBe(1);
});

test('subtracts what runs on each node, and places what waits first', () => {
  const pods = [
    { ...pod(1000, 4), node: 'a' },
    { ...pod(500, 2), node: '' },
    { ...pod(500, 1), node: 'unknown' },
  ];
  expect(freeRoom([node('a'), node('b')], pods)).toEqual([
    node('a', { cpu: 3000, memory: 4 * GIB, pods: 109 }),
    node('b', { cpu: 3500, memory: 6 * GIB, pods: 109 }),
  ]);
});

test('ignores nodes that take no store', () => {
  const nodes = [node('a', { usable: false }), node('b')];
  const free = freeRoom(nodes, [{ ...pod(1000, 2), node: 'b' }]);
  expect(free.map(({ name }) => name)).toEqual(['b']);
  expect(shareRequested(nodes, free)).toEqual({ cpu: 0.25, memory: 0.25 });
});

test('has no room without a usable node, or when pods request more than there is', () => {
  expect(countStores([], SMALL, 1000)).toBe(0);
  expect(shareRequested([], [])).toEqual({ cpu: 1, memory: 1 });
  const free = freeRoom([node('a')], [{ ...pod(9000, 9), node: 'a' }]);
  expect(countStores(free, SMALL, 1000)).toBe(0);
  expect(shareRequested([node('a')], free)).toEqual({ cpu: 1, memory: 1 });
});

test('stops counting at the maximum', () => {
  expect(countStores([node('a')], SMALL, 5)).toBe(5);
});
