import { afterEach, expect, test, vi } from 'vitest';
import { toLocalInput } from './local-input.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('shows a time in a field as it is in the local time zone', () => {
  vi.stubEnv('TZ', 'Asia/Kolkata');
  expect(toLocalInput('2026-11-26T20:00:05Z')).toBe('2026-11-27T01:30');
  expect(toLocalInput('2026-11-26T20:00:05Z', 'seconds')).toBe('2026-11-27T01:30:05');
});
