import { expect, test } from 'vitest';
import { formatTitle } from './use-page-title.ts';

const stores = new Map([['st_1', { name: 'alpha' }]]);

test.each([
  { page: 'stores', id: '', urgent: 3, title: '(3) Stores · Shopyard' },
  { page: 'stores', id: '', urgent: 0, title: 'Stores · Shopyard' },
  { page: 'store', id: 'st_1', urgent: 0, title: 'alpha · Shopyard' },
  { page: 'store', id: 'st_1', tab: 'logs', urgent: 0, title: 'alpha, Logs · Shopyard' },
  { page: 'store', id: 'st_2', urgent: 1, title: '(1) Store · Shopyard' },
  { page: 'home', id: '', urgent: 0, title: 'Home · Shopyard' },
  { page: 'team', id: 'shops', urgent: 0, title: 'Team shops · Shopyard' },
  { page: 'unknown', id: '', urgent: 0, title: 'Not found · Shopyard' },
] as const)(
  'titles page $page $id "$title" when $urgent stores need attention',
  ({ page, id, urgent, title, ...place }) => {
    expect(formatTitle({ page, id, tab: '', ...place }, { stores, urgent })).toBe(title);
  },
);
