import type { Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { createFinder, findHidden, matches, toWords } from './search.ts';

const mugs = {
  id: 'st_1f',
  name: 'mugs',
  namespace: 'store-cups',
  url: 'http://mugs.example',
  phase: 'Provisioning',
  attention: { level: 'stuck', since: '' },
  reason: 'ImageNotFound',
  message: 'Image wordpress:no not found (container wordpress).',
  createdBy: 'ada',
  labels: { team: 'Shops' },
  versions: { woocommerce: '11.0.1' },
} as unknown as Store;

test.each([
  'MUGS',
  'cups',
  'example',
  'st_1f',
  'provisioning',
  'stuck',
  'imagenot',
  'wordpress:no',
  'ada',
  'team:shops',
  'shops',
  'woocommerce:11',
])('finds a store by %s', (word) => expect(matches(mugs, toWords(word))).toBe(true));

test('finds a store by the words that Home shows for its reason', () => {
  const crashing = { ...mugs, reason: 'CrashLoop', message: 'wordpress crashed 3 times.' };
  expect(matches(crashing, toWords('keeps crashing'))).toBe(true);
});

test('searches the current text of a store that changed', () => {
  const finds = createFinder();
  expect([finds(mugs, ['ada']), finds(mugs, ['ada']), finds(mugs, ['bob'])]).toEqual([true, true, false]);
  expect(finds({ ...mugs, createdBy: 'bob' }, ['bob'])).toBe(true);
});

test('requires every word', () => {
  expect(matches(mugs, toWords('image ada'))).toBe(true);
  expect(matches(mugs, toWords('image bob'))).toBe(false);
  expect(matches({ ...mugs, labels: {} }, toWords('team'))).toBe(false);
});

test.each([
  { filter: 'mugs', hidden: [] },
  { filter: 'cups', hidden: ['store-cups'] },
  { filter: 'mugs st_1', hidden: ['st_1f'] },
  { filter: 'team:sh', hidden: ['team:Shops'] },
])('names $hidden as why "$filter" matches', ({ filter, hidden }) => {
  expect(findHidden(mugs, toWords(filter))).toEqual(hidden);
});
