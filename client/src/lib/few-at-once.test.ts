import { expect, test } from 'vitest';
import { fewAtOnce } from './few-at-once.ts';

test('acts on a few items at once, and on all of them in the end', async () => {
  let running = 0;
  let most = 0;
  const act = async (item: number): Promise<number> => {
    running += 1;
    most = Math.max(most, running);
    // The later ones end first.
    for (let turn = item; turn < 10; turn++) await Promise.resolve();
    running -= 1;
    return item * item;
  };
  expect(await fewAtOnce([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 3, act)).toEqual([0, 1, 4, 9, 16, 25, 36, 49, 64, 81]);
  expect(most).toBe(3);
  expect(await fewAtOnce([], 3, act)).toEqual([]);
});
