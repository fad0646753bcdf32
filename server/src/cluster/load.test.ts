import { expect, test } from 'vitest';
import { toRoom } from './load.ts';

type RawNode = Parameters<typeof toRoom>[0];
const READY = [{ type: 'Ready', status: 'True' }];
const nodeWith = (spec: RawNode['spec'], conditions = READY): RawNode => ({
  metadata: { name: 'a', uid: 'u', resourceVersion: '1' },
  ...(spec ? { spec } : {}),
  status: { allocatable: { cpu: '1900m', memory: '4Gi', pods: '110' }, conditions },
});

test("reads what a node offers to pods in the scheduler's units", () => {
  expect(toRoom(nodeWith({}))).toEqual({ name: 'a', cpu: 1900, memory: 4 * 1024 ** 3, pods: 110, usable: true });
});

test.each([
  { what: 'is cordoned', node: nodeWith({ unschedulable: true }), usable: false },
  { what: 'is a control plane', node: nodeWith({ taints: [{ key: 'x', effect: 'NoSchedule' }] }), usable: false },
  { what: 'evicts pods', node: nodeWith({ taints: [{ key: 'x', effect: 'NoExecute' }] }), usable: false },
  { what: 'is better avoided', node: nodeWith({ taints: [{ key: 'x', effect: 'PreferNoSchedule' }] }), usable: true },
  { what: 'is not ready', node: nodeWith({}, [{ type: 'Ready', status: 'Unknown' }]), usable: false },
  { what: 'has reported nothing', node: nodeWith({}, []), usable: false },
])('a node that $what: usable $usable', ({ node, usable }) => {
  expect(toRoom(node).usable).toBe(usable);
});
