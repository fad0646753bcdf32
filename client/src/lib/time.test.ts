import { afterEach, expect, test, vi } from 'vitest';
import { formatTime } from './time.ts';

afterEach(() => vi.unstubAllEnvs());

const NOW = Date.parse('2026-11-26T12:00:00Z');

test.each([
  { what: 'today', zone: 'UTC', at: '2026-11-26T07:06:05.123456789Z', text: '07:06:05' },
  { what: 'today, further east', zone: 'Asia/Tokyo', at: '2026-11-26T07:06:05Z', text: '16:06:05' },
  { what: 'yesterday there', zone: 'America/New_York', at: '2026-11-26T03:00:00Z', text: '25 Nov, 22:00:00' },
  { what: 'a zone with a half hour', zone: 'Asia/Kolkata', at: '2026-11-26T07:00:00Z', text: '12:30:00' },
  { what: 'another year', zone: 'UTC', at: '2025-03-01T00:00:00Z', text: '1 Mar 2025, 00:00:00' },
  { what: 'no time', zone: 'UTC', at: '', text: '' },
])('formats $what in $zone', ({ zone, at, text }) => {
  vi.stubEnv('TZ', zone);
  expect(formatTime(at, { now: NOW })).toBe(text);
});

test('adds milliseconds on request', () => {
  vi.stubEnv('TZ', 'UTC');
  expect(formatTime('2026-11-26T07:06:05.009999Z', { now: NOW, millis: true })).toBe('07:06:05.009');
});
