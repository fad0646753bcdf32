import { expect, test } from 'vitest';
import { storeUrlOf } from './store-url.ts';

const tls = { enabled: true };
const local = { port: 3000, platformValues: {} };
const hosted = { ...local, domain: 'shops.example.com' };
const secure = { ...hosted, platformValues: { ingress: { tls } } };

test.each([
  { what: 'on a laptop', values: {}, options: local, url: 'http://a.localhost:3000' },
  { what: 'below a domain', values: {}, options: hosted, url: 'https://a.shops.example.com' },
  { what: 'at a host of its own', values: { ingress: { host: 'shop.test' } }, options: local, url: 'http://shop.test' },
  { what: 'with TLS', values: { ingress: { host: 'shop.test', tls } }, options: local, url: 'https://shop.test' },
  {
    what: 'with the TLS of the platform',
    values: { ingress: { host: 'shop.test' } },
    options: secure,
    url: 'https://shop.test',
  },
  {
    what: 'with TLS that a proxy ends, as all stores of the domain',
    values: { ingress: { host: 'shop.test' } },
    options: hosted,
    url: 'https://shop.test',
  },
  {
    what: 'without the TLS of the platform',
    values: { ingress: { host: 'shop.test', tls: { enabled: false } } },
    options: secure,
    url: 'http://shop.test',
  },
  {
    what: 'at many hosts',
    values: { ingress: { host: '*.shop.test' } },
    options: hosted,
    url: 'https://a.shops.example.com',
  },
])('a store opens $what at $url', ({ values, options, url }) => {
  expect(storeUrlOf({ name: 'a', values }, options)).toBe(url);
});
