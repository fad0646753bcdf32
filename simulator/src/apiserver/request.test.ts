import { expect, test } from 'vitest';
import { parseResourcePath } from './request.ts';

const PROXY = '/api/v1/namespaces/ns/services/shop:80/proxy';

test.each([
  { path: PROXY, rest: '' },
  { path: `${PROXY}/`, rest: '' },
  { path: `${PROXY}/shop/`, rest: 'shop/' },
  { path: `${PROXY}/a%20b%2Fc//d`, rest: 'a%20b%2Fc//d' },
  { path: `${PROXY}/a/proxy/b`, rest: 'a/proxy/b' },
])('passes a proxied path on unchanged: $path', ({ path, rest }) => {
  expect(parseResourcePath(path)).toMatchObject({ namespace: 'ns', name: 'shop:80', subresource: 'proxy', rest });
});
