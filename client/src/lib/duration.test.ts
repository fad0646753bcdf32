import { expect, test } from 'vitest';
import { formatAge, formatDuration } from './duration.ts';

test.each([
  { milliseconds: -5, text: '0 s' },
  { milliseconds: 59_999, text: '59 s' },
  { milliseconds: 60_000, text: '1 min' },
  { milliseconds: 3_599_000, text: '59 min' },
  { milliseconds: 3_600_000, text: '1 h' },
  { milliseconds: 47 * 3_600_000, text: '47 h' },
  { milliseconds: 49 * 3_600_000, text: '2 d' },
])('formats an age of $milliseconds ms as $text', ({ milliseconds, text }) => {
  expect(formatAge(milliseconds)).toBe(text);
});

test.each([
  { milliseconds: 420, text: '0.4 s' },
  { milliseconds: 9960, text: '10 s' },
  { milliseconds: 12_400, text: '12 s' },
  { milliseconds: 59_700, text: '1 min' },
  { milliseconds: 119_800, text: '2 min' },
  { milliseconds: 125_000, text: '2 min 5 s' },
])('formats a duration of $milliseconds ms as $text', ({ milliseconds, text }) => {
  expect(formatDuration(milliseconds)).toBe(text);
});
