import { expect, test } from 'vitest';
import { sharedSite } from './same-site.ts';

test.each([
  { url: 'https://shopyard.example.com', domain: 'shops.example.com', site: 'example.com' },
  { url: 'https://shopyard.example.com', domain: 'example.com', site: 'example.com' },
  { url: 'https://example.com', domain: 'shops.example.com', site: 'example.com' },
  { url: 'https://shopyard.example.co.uk', domain: 'shops.example.co.uk', site: 'example.co.uk' },
  { url: 'https://shopyard.corp', domain: 'corp', site: 'corp' },
  { url: 'https://shopyard.example.com', domain: 'shops.example.net', site: undefined },
  // Registered apart, below one public suffix.
  { url: 'https://shopyard.co.uk', domain: 'shops.co.uk', site: undefined },
  { url: 'https://ann.github.io', domain: 'bob.github.io', site: undefined },
  { url: 'https://shopyard.corp', domain: 'shops.corp', site: undefined },
  { url: 'http://localhost:3000', domain: 'localhost', site: undefined },
  { url: 'http://192.0.2.1:3000', domain: '192.0.2.1.nip.io', site: undefined },
  { url: 'https://notexample.com', domain: 'example.com', site: undefined },
])('pages of NAME.$domain share $site with $url', ({ url, domain, site }) => {
  expect(sharedSite(new URL(url), domain)).toBe(site);
});

test('a store and a dashboard share nothing while one of them has no name', () => {
  expect(sharedSite(undefined, 'shops.example.com')).toBeUndefined();
  expect(sharedSite(new URL('https://shopyard.example.com'), undefined)).toBeUndefined();
});
