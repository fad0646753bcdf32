import { expect, test } from 'vitest';
import { parseValues } from './parse-values.ts';

test('parses a YAML map; treats an empty document as no values', () => {
  expect(parseValues('store: {currency: USD}\nsize: large')).toEqual({ store: { currency: 'USD' }, size: 'large' });
  expect(parseValues('# nothing but this')).toEqual({});
});

test.each([
  ['store: {currency', /^Advanced values: .*at line 1/],
  ['- a list', /write a map/],
  ['just words', /write a map/],
])('rejects %j with a message that says why', (text, message) => {
  expect(() => parseValues(text)).toThrow(message);
});
