import { expect, test } from 'vitest';
import { differencesOf, isSameValue, valueAt } from './value-differences.ts';

test.each<{ name: string; before: object; after: object; differences: object[] }>([
  { name: 'nothing', before: { a: { b: 1 } }, after: { a: { b: 1 } }, differences: [] },
  {
    name: 'a changed, a new and a missing leaf, each with its path',
    before: { a: { b: 1, 'c.d': 2 } },
    after: { a: { b: 3 }, e: { f: true } },
    differences: [
      { path: ['a', 'b'], before: 1, after: 3 },
      { path: ['a', 'c.d'], before: 2, after: undefined },
      { path: ['e', 'f'], before: undefined, after: true },
    ],
  },
  {
    name: 'a list as a whole',
    before: { list: [1, 2] },
    after: { list: [1, 3] },
    differences: [{ path: ['list'], before: [1, 2], after: [1, 3] }],
  },
  {
    name: 'a map that becomes something else',
    before: { a: { b: 1 } },
    after: { a: null },
    differences: [{ path: ['a'], before: { b: 1 }, after: null }],
  },
  { name: 'an empty map as nothing', before: { a: {} }, after: {}, differences: [] },
  {
    name: 'keys that every object has',
    before: JSON.parse('{"__proto__": {"x": 1}}') as object,
    after: { constructor: 1 },
    differences: [
      { path: ['__proto__', 'x'], before: 1, after: undefined },
      { path: ['constructor'], before: undefined, after: 1 },
    ],
  },
])('finds $name', ({ before, after, differences }) => {
  expect(differencesOf({ ...before }, { ...after })).toEqual(differences);
});

test('compares whatever the order of keys', () => {
  expect(isSameValue({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
  expect(isSameValue({ a: 1 }, { a: '1' })).toBe(false);
  expect(isSameValue([1], { 0: 1 })).toBe(false);
});

test('reads the value at a path', () => {
  const values = { quota: { hard: { 'requests.cpu': '1' } } };
  expect(valueAt(values, ['quota', 'hard', 'requests.cpu'])).toBe('1');
  expect(valueAt(values, ['quota', 'hard', 'pods'])).toBeUndefined();
  expect(valueAt(values, ['quota', 'hard', 'requests.cpu', 'x'])).toBeUndefined();
  expect(valueAt(values, [])).toBe(values);
});
