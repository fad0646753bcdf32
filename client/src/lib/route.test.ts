import { expect, test } from 'vitest';
import { addressOfHash, parseRoute, storeHref, storesHref } from './route.ts';

test.each([
  { address: '/', page: 'home', id: '', tab: '' },
  { address: '/?hours=1', page: 'home', id: '', tab: '' },
  { address: '/stores', page: 'stores', id: '', tab: '' },
  { address: '/stores/', page: 'stores', id: '', tab: '' },
  { address: '/stores?q=mugs', page: 'stores', id: '', tab: '' },
  { address: '/stores/st_1', page: 'store', id: 'st_1', tab: '' },
  { address: '/stores/st_1/logs?pod=a', page: 'store', id: 'st_1', tab: 'logs' },
  { address: '/stores/a%20b', page: 'store', id: 'a b', tab: '' },
  { address: '/stores/%E0%A4%A', page: 'unknown', id: '', tab: '' },
  { address: '/stores/st_1/logs/more', page: 'unknown', id: '', tab: '' },
  { address: '/activity?actor=ann', page: 'activity', id: '', tab: '' },
  { address: '/teams', page: 'teams', id: '', tab: '' },
  { address: '/teams/shops', page: 'team', id: 'shops', tab: '' },
  { address: '/teams/shops/members', page: 'unknown', id: '', tab: '' },
  { address: '/profile', page: 'profile', id: '', tab: '' },
  { address: '/profile/more', page: 'unknown', id: '', tab: '' },
  { address: '/nowhere', page: 'unknown', id: '', tab: '' },
  { address: '/%', page: 'unknown', id: '', tab: '' },
])('parses "$address" as page $page', ({ address, page, id, tab }) => {
  const route = parseRoute(address);
  expect([route.page, route.id, route.tab]).toEqual([page, id, tab]);
});

test.each([
  { hash: '#/', address: '/stores' },
  { hash: '#/?q=mugs&sort=-name', address: '/stores?q=mugs&sort=-name' },
  { hash: '#/stores', address: '/stores' },
  { hash: '#/stores/st_1', address: '/stores/st_1' },
  { hash: '#/stores/st_1?tab=logs&pod=a', address: '/stores/st_1/logs?pod=a' },
  { hash: '#/overview?hours=24', address: '/?hours=24' },
  { hash: '#/nowhere', address: '/nowhere' },
  { hash: '#section', address: undefined },
  { hash: '', address: undefined },
])('leads the old address "$hash" to $address', ({ hash, address }) => {
  expect(addressOfHash(hash)).toBe(address);
});

test('omits empty parameters and encodes ids', () => {
  expect([storeHref('a b', { tab: 'logs', pod: '' }), storesHref({ q: 'a&b' })]).toEqual([
    '/stores/a%20b/logs',
    '/stores?q=a%26b',
  ]);
});
