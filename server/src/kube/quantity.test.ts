import { expect, test } from 'vitest';
import { bytesOf } from './quantity.ts';

test.each<{ quantity?: string; bytes: number }>([
  { quantity: '2Gi', bytes: 2 * 1024 ** 3 },
  { quantity: '1.5G', bytes: 1.5e9 },
  { quantity: '1024', bytes: 1024 },
  { quantity: '1e9', bytes: 1e9 },
  { quantity: '2Pi', bytes: 2 * 1024 ** 5 },
  { quantity: '3k', bytes: 3000 },
  { quantity: '500m', bytes: 0.5 },
  { quantity: '7', bytes: 7 },
  { quantity: '2Xi', bytes: 0 },
  { quantity: '', bytes: 0 },
  { quantity: 'much', bytes: 0 },
  { bytes: 0 },
])('$quantity is $bytes bytes', ({ quantity, bytes }) => {
  expect(bytesOf(quantity)).toBe(bytes);
});
