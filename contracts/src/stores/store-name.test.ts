import { expect, test } from 'vitest';
import { RESERVED_STORE_NAMES, storeNameSchema } from './store-name.ts';

test.each(['ab', 'alpha', '2nd-shop', 'a-b-c', 'a'.repeat(40), '42'])('accepts %s', (name) => {
  expect(storeNameSchema.parse(name)).toBe(name);
});

test.each([
  '',
  'a',
  'a'.repeat(41),
  'A',
  'a_b',
  'a.b',
  '-a',
  'a-',
  'xn--shop',
  'ä1',
  'a b',
  'a/b',
  '..',
  'a\n',
  ...RESERVED_STORE_NAMES,
])('rejects %j', (name) => {
  expect(storeNameSchema.safeParse(name).success).toBe(false);
});
