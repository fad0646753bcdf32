import type { Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { pageOf } from './paginate.ts';

const stores = ['a', 'b', 'c', 'd', 'e'].map(
  (id, index) => ({ id, name: id, createdAt: `2026-01-01T00:00:0${index}.000Z` }) as Store,
);
const ids = (page: { stores: Store[] }): string => page.stores.map(({ id }) => id).join('');

test('returns all stores without a limit', () => {
  expect(pageOf(stores, {})).toEqual({ stores });
  expect(pageOf([], { limit: 2 })).toEqual({ stores: [] });
});

test('continues from page to page to the end', () => {
  const first = pageOf(stores, { limit: 2 });
  const second = pageOf(stores, { limit: 2, cursor: first.next });
  const third = pageOf(stores, { limit: 2, cursor: second.next });
  expect([ids(first), ids(second), ids(third), third.next]).toEqual(['ab', 'cd', 'e', undefined]);
  expect(pageOf(stores, { limit: 5 }).next).toBeUndefined();
});

test('neither skips nor repeats stores when others are deleted between pages', () => {
  const { next } = pageOf(stores, { limit: 2 });
  expect(ids(pageOf(stores.slice(1), { limit: 2, cursor: next }))).toBe('cd');
  // The last store of the page itself is gone.
  expect(ids(pageOf([...stores.slice(0, 1), ...stores.slice(2)], { limit: 2, cursor: next }))).toBe('cd');
  expect(pageOf(stores.slice(0, 1), { limit: 2, cursor: next })).toEqual({ stores: [] });
});
