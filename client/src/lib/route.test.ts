import { expect, test } from 'vitest';
import { parseRoute } from './route.ts';

test.each([
  ['', 'stores', ''],
  ['#/', 'stores', ''],
  ['#/?q=mugs', 'stores', ''],
  ['#/stores', 'stores', ''],
  ['#/stores/st_1?tab=logs', 'store', 'st_1'],
  ['#/stores/a%20b', 'store', 'a b'],
  ['#/overview?hours=1', 'overview', ''],
  ['#/stores/%E0%A4%A', 'unknown', ''],
  ['#/stores/st_1/more', 'unknown', ''],
  ['#/nowhere', 'unknown', ''],
  ['#/%', 'unknown', ''],
])('%s leads to %s', (hash, page, id) => {
  const route = parseRoute(hash);
  expect([route.page, route.id]).toEqual([page, id]);
});
