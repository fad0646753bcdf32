import { expect, test } from 'vitest';
import { InFlightReleases } from './in-flight-releases.ts';

const STARTED = 1_700_000_000_000;

test('a pending release of a killed server is dead, even if its helm wrote it after this server had started', async () => {
  const operations = new InFlightReleases(() => STARTED, ['store-alpha']);
  const late = STARTED + 800;
  expect(operations.left('store-alpha', late)).toBe(true);
  expect(operations.left('store-beta', late)).toBe(false);
  expect(operations.left('store-beta', STARTED - 2000)).toBe(true);
  await operations.run('store-alpha', () => Promise.resolve());
  expect(operations.left('store-alpha', late)).toBe(false);
});

test('an operation that failed may have left its release incomplete, until one succeeds', async () => {
  const operations = new InFlightReleases(() => 0);
  await expect(operations.run('store-alpha', () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
  expect(operations.left('store-alpha', STARTED)).toBe(true);
  await operations.run('store-alpha', () => Promise.resolve());
  expect(operations.left('store-alpha', STARTED)).toBe(false);
});
