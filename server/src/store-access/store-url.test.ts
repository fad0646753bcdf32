import { expect, test } from 'vitest';
import { type StoreUrlOptions, storeUrlOf } from './store-url.ts';

const tls = { enabled: true };
const local: StoreUrlOptions = { port: 3000, withPlatform: (own) => own };
const hosted = { ...local, domain: 'shops.example.com' };
const secure: StoreUrlOptions = {
  ...hosted,
  withPlatform: ({ ingress }) => ({ ingress: { tls, ...(ingress as object) } }),
};

test.each([
  { what: 'on a laptop', values: {}, options: local, url: 'http://a.localhost:3000' },
  { what: 'in a subdomain', values: {}, options: hosted, url: 'https://a.shops.example.com' },
  { what: 'at its own host', values: { ingress: { host: 'shop.test' } }, options: local, url: 'http://shop.test' },
  { what: 'with TLS', values: { ingress: { host: 'shop.test', tls } }, options: local, url: 'https://shop.test' },
  {
    what: "with the platform's TLS",
    values: { ingress: { host: 'shop.test' } },
    options: secure,
    url: 'https://shop.test',
  },
  {
    what: 'behind the TLS proxy of the domain',
    values: { ingress: { host: 'shop.test' } },
    options: hosted,
    url: 'https://shop.test',
  },
  {
    what: "without the platform's TLS",
    values: { ingress: { host: 'shop.test', tls: { enabled: false } } },
    options: secure,
    url: 'http://shop.test',
  },
  {
    what: 'despite a wildcard host',
    values: { ingress: { host: '*.shop.test' } },
    options: hosted,
    url: 'https://a.shops.example.com',
  },
])('serves a store $what at $url', ({ values, options, url }) => {
  expect(storeUrlOf({ name: 'a', values }, options)).toBe(url);
});
