import { engines } from '@shopyard/engines';
import { expect, test } from 'vitest';
import { readEngineCharts } from '../../chart/engine-charts.ts';
import type { ReadLoad } from '../../cluster/load.ts';
import type { PodLoad } from '../../domain/capacity.ts';
import { ClusterError } from '../../kube/errors.ts';
import { createCapacity, type ReadCapacity } from './capacity.ts';

const GIB = 1024 ** 3;
const UNANSWERED = { unknown: "The cluster doesn't answer." };
const NODE = { name: 'a', cpu: 4000, memory: 8 * GIB, pods: 110, usable: true };

function capacityOf(
  read: ReadLoad,
  { isEmbedded = false, storeLoads = (): PodLoad[] => [] } = {},
): {
  capacity: ReadCapacity;
  wait: (ms: number) => void;
} {
  let at = 0;
  const charts = readEngineCharts(engines);
  const capacity = createCapacity({ read, storeLoads, charts, isEmbedded, now: () => new Date(at) });
  return { capacity, wait: (ms) => void (at += ms) };
}

/** For stores of one engine. */
const roomOf = ({ room = [] }: Awaited<ReturnType<ReadCapacity>>): typeof room =>
  room.filter(({ engine }) => engine === 'woocommerce');

test('tells the room by size, and follows the pods of the stores', async () => {
  const stores: PodLoad[] = [];
  const read: ReadLoad = () =>
    Promise.resolve({
      nodes: [NODE, { ...NODE, name: 'b', usable: false }],
      otherPods: [{ node: 'a', cpu: 1000, memory: GIB }],
    });
  const { capacity } = capacityOf(read, { storeLoads: () => stores });
  const before = await capacity();
  expect(before.nodes).toEqual({ usable: 1, total: 2 });
  expect(before.requested).toEqual({ cpu: 0.25, memory: 0.125 });
  expect(roomOf(before).map(({ size, stores: count }) => [size, count])).toEqual([
    ['small', 16],
    ['medium', 8],
    ['large', 2],
  ]);
  stores.push({ node: 'a', cpu: 100, memory: 6 * GIB });
  expect(roomOf(await capacity())[0]?.stores).toBe(2);
});

test('reads the cluster every 30 seconds at most, whoever looks, and also after a failure', async () => {
  let reads = 0;
  const read: ReadLoad = () => {
    reads += 1;
    return reads === 1
      ? Promise.reject(new ClusterError('unavailable', 'no'))
      : Promise.resolve({ nodes: [NODE], otherPods: [] });
  };
  const { capacity, wait } = capacityOf(read);
  expect(await Promise.all([capacity(), capacity()])).toEqual([UNANSWERED, UNANSWERED]);
  wait(29_999);
  await capacity();
  expect(reads).toBe(1);
  wait(1);
  expect((await capacity()).nodes?.usable).toBe(1);
  expect(reads).toBe(2);
});

test('says why it is unknown', async () => {
  const forbidden = capacityOf(() => Promise.reject(new ClusterError('forbidden', 'nodes is forbidden')));
  expect((await forbidden.capacity()).unknown).toMatch(/no right to read the cluster's nodes/);
  const embedded = capacityOf(() => Promise.reject(new Error('read')), { isEmbedded: true });
  expect((await embedded.capacity()).unknown).toMatch(/share this computer/);
});
