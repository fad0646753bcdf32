/** Where a request comes from, which limits go by. */
import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

export type AddressOf = (req: IncomingMessage) => string;

/** For IPv6 its /64 network, because one machine can use any number of addresses there. */
export function createAddressOf(trusted: readonly string[] = []): AddressOf {
  const exact = createExactAddressOf(trusted);
  return (req) => toKey(exact(req));
}

/**
 * `trusted`: networks of proxies, as CIDRs. Only those may say in X-Forwarded-For whom they forward; of several entries, the
 * last one that is no proxy of ours counts, because clients can send the others.
 */
export function createExactAddressOf(trusted: readonly string[] = []): AddressOf {
  const networks = trusted.map((text) => ipaddr.parseCIDR(text));
  const isTrusted = (address: string): boolean => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return networks.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits));
  };
  return ({ socket, headers }) => {
    let address = socket.remoteAddress ?? '';
    const forwarded = [headers['x-forwarded-for'] ?? []].flat().flatMap((line) => line.split(','));
    while (isTrusted(address)) {
      const before = forwarded.pop()?.trim();
      if (before === undefined || !ipaddr.isValid(before)) break;
      address = before;
    }
    return address;
  };
}

function toKey(text: string): string {
  if (!ipaddr.isValid(text)) return 'unknown';
  const address = ipaddr.process(text);
  if (address.kind() === 'ipv4' || address.range() === 'loopback') return address.toString();
  return `${address.toNormalizedString().split(':').slice(0, 4).join(':')}::/64`;
}
