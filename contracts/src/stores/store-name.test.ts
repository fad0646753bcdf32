import { expect, test } from 'vitest';
import { RESERVED_STORE_NAMES, storeNameProblem } from './store-name-rules.ts';
import { storeNameSchema } from './store-name.ts';

test.each(['ab', 'alpha', '2nd-shop', 'a-b-c', 'a'.repeat(40), '42'])('accepts %s', (name) => {
  expect(storeNameSchema.parse(name)).toBe(name);
  expect(storeNameProblem(name)).toBeUndefined();
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
  const refused = storeNameSchema.safeParse(name);
  expect(refused.success).toBe(false);
  expect(storeNameProblem(name)).toBe(refused.error?.issues[0]?.message);
});
