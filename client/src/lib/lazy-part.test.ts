import { expect, test } from 'vitest';
import { ChunkError } from './describe-error.ts';
import { loadOnce } from './lazy-part.ts';

test('caches a successful load and retries a failed one', async () => {
  let asked = 0;
  const load = loadOnce(() => {
    asked += 1;
    return asked === 1 ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve('a part');
  });
  await expect(load()).rejects.toBeInstanceOf(ChunkError);
  expect([await load(), await load(), asked]).toEqual(['a part', 'a part', 2]);
});
