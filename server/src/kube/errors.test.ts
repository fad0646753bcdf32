import { describe, expect, test } from 'vitest';
import { ClusterError, isKind, unless } from './errors.ts';

const missing = new ClusterError('not-found', 'pods "a" not found');

describe('isKind', () => {
  test.each([
    { name: 'a cluster error of the only kind', error: missing, kinds: ['not-found'] as const, expected: true },
    { name: 'one of several kinds', error: missing, kinds: ['conflict', 'not-found'] as const, expected: true },
    { name: 'another kind', error: missing, kinds: ['conflict'] as const, expected: false },
    { name: 'any other error', error: new Error('not-found'), kinds: ['not-found'] as const, expected: false },
  ])('returns $expected for $name', ({ error, kinds, expected }) => {
    expect(isKind(error, ...kinds)).toBe(expected);
  });
});

describe('unless', () => {
  test('returns the answer', async () => {
    await expect(unless('not-found', Promise.resolve('answer'))).resolves.toBe('answer');
  });

  test('returns undefined for an error of the kind', async () => {
    await expect(unless('not-found', Promise.reject(missing))).resolves.toBeUndefined();
  });

  test('throws every other error', async () => {
    await expect(unless('conflict', Promise.reject(missing))).rejects.toBe(missing);
  });
});
