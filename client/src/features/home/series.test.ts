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
  expect(describeValues(lines, 3, '')).toBe('2 Ready, 4.3 p50');
  expect(describeValues(lines, 1, '')).toBe('0 Ready');
  expect(describeValues(lines.slice(1), 1, ' s')).toBe('no value');
});
