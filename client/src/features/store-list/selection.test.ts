import { expect, test } from 'vitest';
import { keepShown, rangeOf, toggled } from './selection.ts';

test('drops stores that leave the view', () => {
  expect([...keepShown(new Set(['a', 'x']), [{ id: 'a' }, { id: 'b' }])]).toEqual(['a']);
});

test('stays the same set while all selected stores are shown', () => {
  const selected = new Set(['a']);
  expect(keepShown(selected, [{ id: 'b' }, { id: 'a' }])).toBe(selected);
});

test('selects and deselects one store', () => {
  expect([...toggled(new Set(['a']), 'b')]).toEqual(['a', 'b']);
  expect([...toggled(new Set(['a', 'b']), 'a')]).toEqual(['b']);
});

test.each([
  { name: 'downwards', from: 'b', to: 'd', expected: ['b', 'c', 'd'] },
  { name: 'upwards', from: 'c', to: 'a', expected: ['a', 'b', 'c'] },
  { name: 'of one row without a start', from: undefined, to: 'c', expected: ['c'] },
  { name: 'of one row if the start is not shown', from: 'x', to: 'c', expected: ['c'] },
])('has a range $name', ({ from, to, expected }) => {
  expect(rangeOf(['a', 'b', 'c', 'd'], from, to)).toEqual(expected);
});
