import { expect, test } from 'vitest';
import { describeValues, fromBeginning } from './series.ts';

const lines = [
  { label: 'Ready', values: [0, 0, 1, 2] },
  { label: 'p50', values: [null, null, null, 4.26] },
];

test('leaves out the time before the history begins', () => {
  const shown = fromBeginning([10, 20, 30, 40], lines, 25);
  expect(shown.times).toEqual([30, 40]);
  expect(shown.lines.map(({ values }) => values)).toEqual([
    [1, 2],
    [null, 4.26],
  ]);
});

test('shows the whole period of an older history, and nothing without one', () => {
  expect(fromBeginning([10, 20], lines, 5).times).toEqual([10, 20]);
  expect(fromBeginning([10, 20], lines, undefined).times).toEqual([]);
  expect(fromBeginning([10, 20], lines, 99).times).toEqual([]);
});

test('says what the values are at a time', () => {
  expect(describeValues(lines.slice(0, 1), 3, 'stores')).toBe('2 Ready');
  expect(describeValues(lines.slice(0, 1), 1, 'stores')).toBe('0 Ready');
  expect(describeValues(lines.slice(1), 3, 'seconds')).toBe('4.3 s p50');
  expect(describeValues(lines.slice(1), 1, 'seconds')).toBe('no value');
});
