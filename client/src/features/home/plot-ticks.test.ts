import { afterEach, expect, test, vi } from 'vitest';
import { formatDayOrClock } from '../../lib/time.ts';
import { timeTicks, toLabels, type Unit, valueTicks } from './plot-ticks.ts';

afterEach(() => vi.unstubAllEnvs());

test.each<{ max: number; unit: Unit; labels: string[] }>([
  { max: 0, unit: 'stores', labels: ['0', '1'] },
  { max: 3, unit: 'stores', labels: ['0', '1', '2', '3'] },
  { max: 12, unit: 'stores', labels: ['0', '5', '10', '15'] },
  { max: 4999, unit: 'stores', labels: ['0', '1,000', '2,000', '3,000', '4,000', '5,000'] },
  { max: 0.4, unit: 'seconds', labels: ['0', '1 s'] },
  { max: 41.3, unit: 'seconds', labels: ['0', '10 s', '20 s', '30 s', '40 s', '50 s'] },
  { max: 100, unit: 'seconds', labels: ['0', '30 s', '60 s', '90 s', '120 s'] },
  { max: 400, unit: 'seconds', labels: ['0', '2 min', '4 min', '6 min', '8 min'] },
  { max: 8000, unit: 'seconds', labels: ['0', '30 min', '60 min', '90 min', '120 min', '150 min'] },
])('ticks $unit up to $max at $labels', ({ max, unit, labels }) => {
  expect(toLabels(valueTicks(max, unit, 5), unit)).toEqual(labels);
});

test.each([
  {
    what: 'an hour',
    zone: 'UTC',
    from: '2026-11-26T09:03:00Z',
    hours: 1,
    labels: ['09:10', '09:20', '09:30', '09:40', '09:50', '10:00'],
  },
  {
    what: 'six hours over midnight, further east by a half hour',
    zone: 'Asia/Kolkata',
    from: '2026-11-26T16:10:00Z',
    hours: 6,
    labels: ['22:00', '23:00', '27 Nov', '01:00', '02:00', '03:00'],
  },
  {
    what: 'a day on which the clocks go back',
    zone: 'Europe/Berlin',
    from: '2026-10-24T20:00:00Z',
    hours: 24,
    labels: ['25 Oct', '06:00', '12:00', '18:00'],
  },
  {
    what: 'a day on which they go forward',
    zone: 'America/New_York',
    from: '2026-03-08T04:00:00Z',
    hours: 24,
    labels: ['8 Mar', '06:00', '12:00', '18:00', '9 Mar'],
  },
  {
    what: 'seven days',
    zone: 'UTC',
    from: '2026-11-24T12:00:00Z',
    hours: 168,
    labels: ['26 Nov', '28 Nov', '30 Nov'],
  },
])('ticks $what in $zone at $labels', ({ zone, from, hours, labels }) => {
  vi.stubEnv('TZ', zone);
  const start = Date.parse(from) / 1000;
  expect(timeTicks(start, start + hours * 3600, 6).map((tick) => formatDayOrClock(tick * 1000))).toEqual(labels);
});
