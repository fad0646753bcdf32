import type { Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import type { ColumnId } from './column-ids.ts';
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

test.each<{ filter: string; columns?: ColumnId[]; hidden: string[] }>([
  { filter: 'mugs', hidden: [] },
  { filter: 'cups', hidden: ['Namespace: store-cups'] },
  { filter: 'cups', columns: ['namespace'], hidden: [] },
  { filter: 'mugs st_1', hidden: ['ID: st_1f'] },
  { filter: 'team:sh', hidden: ['team:Shops'] },
  { filter: 'team:sh', columns: ['labels'], hidden: [] },
  { filter: 'ada', columns: ['url'], hidden: ['Created by: ada'] },
  { filter: 'ada', columns: ['by'], hidden: [] },
  { filter: 'mugs.example', hidden: ['URL: http://mugs.example'] },
  { filter: 'mugs.example', columns: ['url'], hidden: [] },
  { filter: 'woocommerce:11', hidden: ['woocommerce:11.0.1'] },
  { filter: 'imagenotfound', hidden: ['Reason: Image not found'] },
  { filter: 'stuck provisioning wordpress:no', hidden: [] },
])('names $hidden as why "$filter" matches beside the columns $columns', ({ filter, columns = [], hidden }) => {
  expect(findHidden(mugs, toWords(filter), new Set(columns))).toEqual(hidden);
});

test('names the message of a store that is Ready, whose row shows none', () => {
  const ready = { ...mugs, phase: 'Ready', attention: { level: 'ok', since: '' } } as Store;
  expect(findHidden(ready, toWords('container'), new Set())).toEqual([`Message: ${mugs.message}`]);
});
