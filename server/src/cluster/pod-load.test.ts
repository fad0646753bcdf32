import type { V1Container, V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { toPodLoad } from './pod-load.ts';

const GIB = 1024 ** 3;
const container = (cpu: string, memory: string, change: Partial<V1Container> = {}): V1Container => ({
  name: 'x',
  resources: { requests: { cpu, memory } },
  ...change,
});
const podWith = (spec: Partial<V1Pod['spec'] & object>, phase = 'Running'): V1Pod => ({
  spec: { nodeName: 'a', containers: [], ...spec },
  status: { phase },
});

test.each([
  {
    what: 'the sum of the containers',
    spec: { containers: [container('100m', '1Gi'), container('0.2', '512Mi')] },
    cpu: 300,
    gib: 1.5,
  },
  {
    what: 'the largest init container, if that needs more',
    spec: {
      initContainers: [container('1', '128Mi'), container('10m', '2Gi')],
      containers: [container('100m', '1Gi')],
    },
    cpu: 1000,
    gib: 2,
  },
  {
    what: 'a sidecar beside the containers, and beside later init containers',
    spec: {
      initContainers: [container('100m', '1Gi', { restartPolicy: 'Always' }), container('1', '1Gi')],
      containers: [container('100m', '2Gi')],
    },
    cpu: 1100,
    gib: 3,
  },
  {
    what: 'the overhead of its runtime',
    spec: { containers: [container('1', '1Gi')], overhead: { cpu: '250m', memory: '512Mi' } },
    cpu: 1250,
    gib: 1.5,
  },
  {
    what: 'requests of the pod as a whole',
    spec: { containers: [container('1', '1Gi')], resources: { requests: { cpu: '2', memory: '3Gi' } } },
    cpu: 2000,
    gib: 3,
  },
  { what: 'nothing, if it requests nothing', spec: { containers: [{ name: 'x' }] }, cpu: 0, gib: 0 },
])('counts $what', ({ spec, cpu, gib }) => {
  expect(toPodLoad(podWith(spec))).toEqual({ node: 'a', cpu, memory: gib * GIB });
});

test('counts a pod that waits, and none that has ended', () => {
  expect(toPodLoad({ spec: { containers: [container('1', '1Gi')] }, status: { phase: 'Pending' } })?.node).toBe('');
  expect(toPodLoad(podWith({}, 'Succeeded'))).toBeUndefined();
  expect(toPodLoad(podWith({}, 'Failed'))).toBeUndefined();
});
