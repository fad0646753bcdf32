import { expect, test } from 'vitest';
import { parseValues } from './parse-values.ts';

test('parses a YAML map; treats an empty document as no values', () => {
  expect(parseValues('store: {currency: USD}\nsize: large').values).toEqual({
    store: { currency: 'USD' },
    size: 'large',
  });
  expect(parseValues('# nothing but this')).toMatchObject({ values: {}, issues: [] });
});

test.each([
  { what: 'a syntax error', text: 'size: small\nstore: {currency', line: 2 },
  { what: 'a list', text: '- a list', line: 1 },
  { what: 'a scalar', text: 'just words', line: 1 },
  { what: 'a key that is given twice', text: 'size: small\nstore: {}\nsize: large', line: 3 },
])('reports $what at its line', ({ text, line }) => {
  expect(parseValues(text).issues).toEqual([{ field: 'yaml', line, message: expect.any(String) as string }]);
});

test('reports every syntax error', () => {
  expect(parseValues('a: 1\na: 2\nb: 1\nb: 2').issues.map(({ line }) => line)).toEqual([2, 4]);
});

test.each([
  { path: 'store', line: 2 },
  { path: 'store.title', line: 4 },
  { path: 'store.unknown', line: 2 },
  { path: 'store.title.deeper', line: 4 },
  { path: 'wordpress.podAnnotations.example.com/team', line: 7 },
  { path: 'mariadb', line: undefined },
])('finds $path at line $line', ({ path, line }) => {
  const { findLine } = parseValues(`# comment
store:
  currency: EUR
  title: Mugs
wordpress:
  podAnnotations:
    example.com/team: a
`);
  expect(findLine(path)).toBe(line);
});
