import { expect, test } from 'vitest';
import type { KubeObject, ObjectEvent } from '../objects.ts';
import { ObjectStore } from './object-store.ts';

const object = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'ns', uid: name, resourceVersion: '0', creationTimestamp: '' },
});
const ref = (name: string): { plural: 'pods'; namespace: string; name: string } => ({
  plural: 'pods',
  namespace: 'ns',
  name,
});

test('numbers changes across all kinds, and returns the events since a version', () => {
  const store = new ObjectStore(100);
  store.put(ref('a'), object('a'));
  const second = store.put(ref('b'), object('b'));
  store.remove(ref('a'));
  expect(second.metadata.resourceVersion).toBe('102');
  expect(store.eventsSince('pods', 101)?.map(({ type, object: { metadata } }) => `${type} ${metadata.name}`)).toEqual([
    'ADDED b',
    'DELETED a',
  ]);
  expect(store.eventsSince('pods', 99)).toBeUndefined();
});

test('shows all listeners the same order, even if one of them writes', () => {
  const store = new ObjectStore();
  const seen: number[] = [];
  store.subscribe((event: ObjectEvent) => {
    if (event.object.metadata.name === 'a') store.put(ref('b'), object('b'));
  });
  store.subscribe((event) => seen.push(event.version));
  store.put(ref('a'), object('a'));
  expect(seen).toEqual([2, 3]);
});

test('keeps a bounded history; dropped versions are too old', () => {
  const store = new ObjectStore();
  for (let count = 0; count < 9000; count++) store.put(ref('a'), object('a'));
  expect(store.eventsSince('pods', 10)).toBeUndefined();
  expect(store.eventsSince('pods', store.version - 1)).toHaveLength(1);
});
