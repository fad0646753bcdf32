import { expect, test } from 'vitest';
import { RateLimit } from '../src/storefront/rate-limit.ts';

test('refuses a visitor who comes too often, until the window is over, and nobody else', () => {
  const limit = new RateLimit({ most: 2, windowMs: 1000 });
  expect([0, 1, 2].map((now) => limit.takes('one', now))).toEqual([true, true, false]);
  expect(limit.takes('other', 3)).toBe(true);
  expect(limit.takes('one', 999)).toBe(false);
  expect(limit.takes('one', 1000)).toBe(true);
});
