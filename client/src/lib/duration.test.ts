import { expect, test } from 'vitest';
import { formatAge, formatDuration } from './duration.ts';

test.each([
  [-5, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_000, '59 min'],
  [3_600_000, '1 h'],
  [47 * 3_600_000, '47 h'],
  [49 * 3_600_000, '2 d'],
])('formats an age of %i ms as %s', (milliseconds, text) => {
  expect(formatAge(milliseconds)).toBe(text);
});

test.each([
  [420, '0.4 s'],
  [12_400, '12 s'],
  [125_000, '2 min 5 s'],
])('formats a duration of %i ms as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});
