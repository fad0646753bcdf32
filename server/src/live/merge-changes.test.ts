import type { Store, StoreChange } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { mergeChanges } from './merge-changes.ts';

const change = (seq: number, id: string, phase: Store['phase']): StoreChange => ({
  type: 'store',
  seq,
  store: { id, phase } as Store,
});
const removed = (seq: number, id: string): StoreChange => ({ type: 'removed', seq, id, name: id });
const merged = (...changes: StoreChange[]): string[] =>
  mergeChanges(changes).map((item) => `${item.seq}${item.type === 'store' ? item.store.phase : item.type}`);

test('merges consecutive states of one phase into the newest and keeps every phase in order', () => {
  expect(
    merged(
      change(1, 'a', 'Queued'),
      change(2, 'a', 'Provisioning'),
      change(3, 'b', 'Queued'),
      change(4, 'a', 'Provisioning'),
      change(5, 'a', 'Ready'),
      change(6, 'a', 'Provisioning'),
      removed(7, 'b'),
    ),
  ).toEqual(['1Queued', '3Queued', '4Provisioning', '5Ready', '6Provisioning', '7removed']);
});

test('does not merge a store recreated under the same id with the removed one', () => {
  expect(merged(change(1, 'a', 'Queued'), removed(2, 'a'), change(3, 'a', 'Queued'))).toEqual([
    '1Queued',
    '2removed',
    '3Queued',
  ]);
});
