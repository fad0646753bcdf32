import { expect, test } from 'vitest';
import { formatPeriod, parsePeriod } from './period.ts';

test.each([
  { query: '', period: { hours: 6, reason: undefined } },
  { query: 'hours=24&reason=CrashLoop', period: { hours: 24, reason: 'CrashLoop' } },
  { query: 'hours=5', period: { hours: 6, reason: undefined } },
  { query: 'hours=x&reason=', period: { hours: 6, reason: undefined } },
])('reads "$query"', ({ query, period }) => {
  expect(parsePeriod(new URLSearchParams(query))).toEqual(period);
});

test('writes periods in words', () => {
  expect([formatPeriod(1), formatPeriod(168)]).toEqual(['the last hour', 'the last 7 days']);
});
