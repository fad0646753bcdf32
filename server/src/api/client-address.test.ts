import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { createAddressOf } from './client-address.ts';

interface Case {
  what: string;
  from: string;
  forwarded?: string;
  address: string;
}

const addressOf = createAddressOf(['10.0.0.0/8', '127.0.0.1/32', 'fd00::/8']);

test.each<Case>([
  { what: 'a client', from: '192.0.2.7', address: '192.0.2.7' },
  { what: 'a client that says it is another', from: '192.0.2.7', forwarded: '198.51.100.1', address: '192.0.2.7' },
  { what: 'a proxy that forwards a client', from: '10.1.2.3', forwarded: '192.0.2.7', address: '192.0.2.7' },
  {
    what: 'a proxy that forwards what the client made up as well',
    from: '10.1.2.3',
    forwarded: '127.0.0.1, 198.51.100.1, 192.0.2.7',
    address: '192.0.2.7',
  },
  { what: 'two proxies', from: '127.0.0.1', forwarded: '192.0.2.7, 10.9.9.9', address: '192.0.2.7' },
  { what: 'a proxy that forwards nonsense', from: '10.1.2.3', forwarded: 'nobody', address: '10.1.2.3' },
  { what: 'a proxy that says nothing', from: '10.1.2.3', address: '10.1.2.3' },
  { what: 'a client over IPv6', from: '2001:db8:1:2:3::7', address: '2001:db8:1:2::/64' },
  { what: 'an IPv4 client over IPv6', from: '::ffff:192.0.2.7', address: '192.0.2.7' },
])('takes $address for $what', ({ from, forwarded, address }) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  expect(addressOf({ socket: { remoteAddress: from }, headers } as unknown as IncomingMessage)).toBe(address);
});
