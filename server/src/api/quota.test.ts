import { describe, expect, test } from 'vitest';
import { Quota } from './quota.ts';

describe('Quota', () => {
  test('limits each caller separately', () => {
    const quota = new Quota({ each: 2 });
    expect([quota.take('a'), quota.take('a')]).not.toContain(undefined);
    expect(quota.take('a')).toBeUndefined();
    expect(quota.take('b')).toBeDefined();
  });

  test('limits all callers together to the total', () => {
    const quota = new Quota({ each: 2, total: 3 });
    for (const caller of ['a', 'a', 'b']) expect(quota.take(caller)).toBeDefined();
    expect(quota.take('c')).toBeUndefined();
  });

  test('counts a return only once, and forgets callers that hold nothing', () => {
    const quota = new Quota({ each: 1 });
    for (let turn = 0; turn < 1000; turn++) {
      const release = quota.take('a');
      expect(release).toBeDefined();
      release?.();
      release?.();
    }
    expect(quota.callers).toBe(0);
    quota.take('a');
    expect(quota.take('a')).toBeUndefined();
  });
});
