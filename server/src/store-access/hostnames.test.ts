import { describe, expect, test } from 'vitest';
import { type Host, isLoopbackAddress, parseHost, storeNameOf } from './hostnames.ts';

const READ: { text: string; host: Host }[] = [
  { text: 'localhost', host: { kind: 'localhost' } },
  { text: 'LocalHost:3000', host: { kind: 'localhost' } },
  { text: '127.0.0.1:3000', host: { kind: 'address', address: '127.0.0.1' } },
  { text: '[::1]:3000', host: { kind: 'address', address: '::1' } },
  { text: '[0:0:0:0:0:0:0:1]', host: { kind: 'address', address: '::1' } },
  { text: '[::ffff:127.0.0.1]:3000', host: { kind: 'address', address: '127.0.0.1' } },
  { text: 'alpha.localhost:3000', host: { kind: 'store', name: 'alpha' } },
  { text: 'Shopyard.Example.com', host: { kind: 'name', name: 'shopyard.example.com' } },
  { text: 'localhost.evil.example', host: { kind: 'name', name: 'localhost.evil.example' } },
];

const REFUSED = [
  undefined,
  '',
  'localhost:80@evil.example',
  'evil.example@localhost',
  'localhost:abc',
  'localhost:',
  'localhost:99999',
  'localhost:80:80',
  '[::1].evil.example',
  '[::1',
  '::1',
  '[127.0.0.1]',
  '[fe80::1%25eth0]',
  '.localhost',
  'a.b.localhost',
  '-a.localhost',
  'localhost.',
  'alpha.localhost.',
  'local host',
  'localhost/',
  '../../etc.localhost',
  '127.1',
  '127.0.0.01',
  '2130706433',
  '0x7f.0.0.1',
  '0x7f000001',
  'evil.example,localhost',
  'localhöst',
  `${'a'.repeat(64)}.example`,
];

describe('parseHost', () => {
  test.each(READ)('parses $text', ({ text, host }) => {
    expect(parseHost(text)).toEqual(host);
  });

  test.each(REFUSED)('rejects %j', (text) => {
    expect(parseHost(text)).toBeUndefined();
    expect(storeNameOf(text)).toBeUndefined();
  });
});

test.each(['127.0.0.1', '127.0.0.2', '127.255.255.255', '::1', '::ffff:127.0.0.1'])('%s is loopback', (address) => {
  expect(isLoopbackAddress(address)).toBe(true);
});

test.each(['0.0.0.0', '::', '192.168.1.5', '10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', 'localhost', ''])(
  '%j is not loopback',
  (address) => {
    expect(isLoopbackAddress(address)).toBe(false);
  },
);
