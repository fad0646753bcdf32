import { expect, test } from 'vitest';
import { bytesOf } from './quantity.ts';

test.each([
  ['2Gi', 2 * 1024 ** 3],
  ['1.5G', 1.5e9],
  ['1024', 1024],
  ['1e9', 1e9],
  ['2Pi', 2 * 1024 ** 5],
  ['3k', 3000],
  ['500m', 0.5],
  ['7', 7],
  ['2Xi', 0],
  ['', 0],
  ['much', 0],
  [undefined, 0],
])('%s is %d bytes', (quantity, bytes) => {
  expect(bytesOf(quantity)).toBe(bytes);
});
