import { expect, test } from 'vitest';
import { parseRoute } from './route.ts';

test.each([
  { hash: '', page: 'stores', id: '' },
  { hash: '#/', page: 'stores', id: '' },
  { hash: '#/?q=mugs', page: 'stores', id: '' },
  { hash: '#/stores', page: 'stores', id: '' },
  { hash: '#/stores/st_1?tab=logs', page: 'store', id: 'st_1' },
  { hash: '#/stores/a%20b', page: 'store', id: 'a b' },
  { hash: '#/overview?hours=1', page: 'overview', id: '' },
  { hash: '#/stores/%E0%A4%A', page: 'unknown', id: '' },
  { hash: '#/stores/st_1/more', page: 'unknown', id: '' },
  { hash: '#/nowhere', page: 'unknown', id: '' },
  { hash: '#/%', page: 'unknown', id: '' },
])('parses "$hash" as page $page', ({ hash, page, id }) => {
  const route = parseRoute(hash);
  expect([route.page, route.id]).toEqual([page, id]);
});
