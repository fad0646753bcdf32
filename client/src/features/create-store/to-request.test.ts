import { expect, test } from 'vitest';
import { parseValues } from './parse-values.ts';
import { findContradictions, toRequest } from './to-request.ts';

const settings = { engine: undefined, country: 'US', currency: 'USD', size: 'small' };
const input = { name: 'alpha', title: 'Alpha', labels: {}, settings };

test('sends what the form shows, and the YAML beside it', () => {
  expect(toRequest(input, {})).toEqual({
    name: 'alpha',
    values: { store: { title: 'Alpha', currency: 'USD', country: 'US' }, size: 'small' },
  });
  const { values } = parseValues('store: {id: x}\nquota: {enabled: false}');
  expect(toRequest({ ...input, title: '', labels: { team: 'shops' } }, values)).toEqual({
    name: 'alpha',
    values: { store: { currency: 'USD', country: 'US', id: 'x' }, size: 'small', quota: { enabled: false } },
    labels: { team: 'shops' },
  });
});

test('reports each value that contradicts the form, at its line', () => {
  const text = 'size: large\nstore:\n  title: Beta\n  currency: USD\n  country: DE';
  expect(
    findContradictions(input, parseValues(text)).map(({ field, line, message }) => [field, line, message]),
  ).toEqual([
    ['yaml', 3, 'store.title: the title above is "Alpha"; change it there, and remove it here'],
    ['yaml', 5, 'store.country: the country above is "US"; change it there, and remove it here'],
    ['yaml', 1, 'size: the size above is "small"; change it there, and remove it here'],
  ]);
});

test('takes a title from the YAML if the form has none', () => {
  expect(findContradictions({ title: '', settings }, parseValues('store: {title: Beta}'))).toEqual([]);
});
