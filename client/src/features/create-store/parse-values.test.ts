import { expect, test } from 'vitest';
import { parseValues } from './parse-values.ts';

test('parses a YAML map; treats an empty document as no values', () => {
  expect(parseValues('store: {currency: USD}\nsize: large')).toEqual({ store: { currency: 'USD' }, size: 'large' });
  expect(parseValues('# nothing but this')).toEqual({});
});

test.each([
  { what: 'a syntax error', text: 'store: {currency', message: /^Advanced values: .*at line 1/ },
  { what: 'a list', text: '- a list', message: /write a map/ },
  { what: 'a scalar', text: 'just words', message: /write a map/ },
])('rejects $what with a message that says why', ({ text, message }) => {
  expect(() => parseValues(text)).toThrow(message);
});
