import { expect, test } from 'vitest';
import { titleOf } from './use-page-title.ts';

const stores = new Map([['st_1', { name: 'alpha' }]]);

test.each([
  ['stores', '', 3, '(3) Stores · Shopyard'],
  ['stores', '', 0, 'Stores · Shopyard'],
  ['store', 'st_1', 0, 'alpha · Shopyard'],
  ['store', 'st_2', 1, '(1) Store · Shopyard'],
  ['overview', '', 0, 'Overview · Shopyard'],
  ['unknown', '', 0, 'Not found · Shopyard'],
] as const)('of the page %s %s, with %i that need attention: %s', (page, id, urgent, title) => {
  expect(titleOf({ page, id }, { stores, urgent })).toBe(title);
});
