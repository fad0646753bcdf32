import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createRequestGuard } from './request-guard.ts';

interface Case {
  what: string;
  headers: Record<string, string>;
  method?: string;
  publicUrl?: string;
  localAddress?: string;
  passes: boolean;
}

const PUBLIC_URL = 'https://shopyard.example.com';
const CASES: Case[] = [
  { what: 'localhost', headers: { host: 'localhost:3000' }, passes: true },
  { what: 'a loopback address', headers: { host: '127.0.0.2:3000' }, passes: true },
  { what: 'an IPv6 loopback address', headers: { host: '[::1]:3000' }, passes: true },
  { what: 'no Host', headers: {}, passes: false },
  { what: 'a foreign name', headers: { host: 'evil.example' }, passes: false },
  { what: 'a name that starts like ours', headers: { host: 'localhost.evil.example' }, passes: false },
  { what: 'a malformed Host', headers: { host: 'localhost:80@evil.example' }, passes: false },
  { what: 'the address of the connection', headers: { host: '10.0.0.5:3000' }, localAddress: '::ffff:10.0.0.5', passes: true },
  { what: 'an address of another machine', headers: { host: '10.0.0.6:3000' }, localAddress: '10.0.0.5', passes: false },
  { what: 'the unspecified address', headers: { host: '0.0.0.0:3000' }, passes: false },
  { what: 'the public name', headers: { host: 'shopyard.example.com' }, publicUrl: PUBLIC_URL, passes: true },
  { what: 'the public name where none is set', headers: { host: 'shopyard.example.com' }, passes: false },
  { what: 'a subdomain of the public name', headers: { host: 'evil.shopyard.example.com' }, publicUrl: PUBLIC_URL, passes: false },
  { what: 'the public address', headers: { host: '192.168.1.5' }, publicUrl: 'http://192.168.1.5', passes: true },

  { what: 'its own Origin', headers: { host: 'localhost:3000', origin: 'http://localhost:3000' }, passes: true },
  { what: 'the Origin of another port', headers: { host: 'localhost:3000', origin: 'http://localhost:4000' }, passes: false },
  { what: 'the Origin of another scheme', headers: { host: 'localhost:3000', origin: 'https://localhost:3000' }, passes: false },
  { what: 'the Origin of a store', headers: { host: 'localhost:3000', origin: 'http://alpha.localhost:3000' }, passes: false },
  { what: 'a foreign Origin', headers: { host: 'localhost:3000', origin: 'http://evil.example' }, passes: false },
  { what: 'the Origin null', headers: { host: 'localhost:3000', origin: 'null' }, passes: false },
  { what: 'the public Origin', headers: { host: 'shopyard.example.com', origin: PUBLIC_URL }, publicUrl: PUBLIC_URL, passes: true },
  { what: 'the public Origin with our own Host', headers: { host: '127.0.0.1:3000', origin: PUBLIC_URL }, publicUrl: PUBLIC_URL, passes: true },
  { what: 'the public Origin without TLS', headers: { host: 'shopyard.example.com', origin: 'http://shopyard.example.com' }, publicUrl: PUBLIC_URL, passes: false },

  { what: 'a change from our own page', method: 'POST', headers: { host: 'localhost', 'sec-fetch-site': 'same-origin' }, passes: true },
  { what: 'a change from outside any page', method: 'POST', headers: { host: 'localhost', 'sec-fetch-site': 'none' }, passes: true },
  { what: 'a change from another site', method: 'POST', headers: { host: 'localhost', 'sec-fetch-site': 'cross-site' }, passes: false },
  { what: 'a change from a sibling site', method: 'DELETE', headers: { host: 'localhost', 'sec-fetch-site': 'same-site' }, passes: false },
  { what: 'an upgrade from another site', headers: { host: 'localhost', upgrade: 'websocket', 'sec-fetch-site': 'cross-site' }, passes: false },
  { what: 'a link from another site', headers: { host: 'localhost', 'sec-fetch-site': 'cross-site' }, passes: true },
]; // prettier-ignore

function requestOf({
  headers,
  method = 'GET',
  localAddress = '127.0.0.1',
}: Omit<Case, 'what' | 'passes'>): IncomingMessage {
  return { headers, method, socket: { localAddress } } as unknown as IncomingMessage;
}

describe('refusalOf', () => {
  test.each(CASES)('$what passes: $passes', ({ publicUrl, passes, ...request }) => {
    const guard = createRequestGuard(publicUrl === undefined ? undefined : new URL(publicUrl));
    expect(guard.refusalOf(requestOf(request)) === undefined).toBe(passes);
  });
});

describe('readRefusalOf', () => {
  test.each([
    { site: undefined, passes: true },
    { site: 'none', passes: true },
    { site: 'same-origin', passes: true },
    { site: 'same-site', passes: false },
    { site: 'cross-site', passes: false },
  ])('a read with Sec-Fetch-Site $site passes: $passes', ({ site, passes }) => {
    const request = requestOf({ headers: site === undefined ? {} : { 'sec-fetch-site': site } });
    expect(createRequestGuard().readRefusalOf(request) === undefined).toBe(passes);
  });
});
