/** The one reading of a Host header, for the guard and for the proxy: what one takes for a store, the other does too. */
import ipaddr from 'ipaddr.js';

export type Host =
  /** `NAME.localhost`. */
  | { kind: 'store'; name: string }
  | { kind: 'localhost' }
  /** An address literal in canonical form, without brackets; IPv4 in IPv6 is IPv4. */
  | { kind: 'address'; address: string }
  /** Any other name, in lower case. */
  | { kind: 'name'; name: string };

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const MAX_NAME = 253;

/** Undefined for whatever is not exactly a host with an optional port. */
export function parseHost(text: string | undefined): Host | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::(\d{1,5}))?$/i.exec(text ?? '');
  if (!match || Number(match[3] ?? 0) > 65_535) return undefined;
  const [, literal, hostname = ''] = match;
  if (literal !== undefined) {
    return ipaddr.IPv6.isValid(literal) ? { kind: 'address', address: canonicalAddress(literal) } : undefined;
  }
  return parseName(hostname.toLowerCase());
}

/** The store that a Host header names, or undefined when it names none. */
export function storeNameOf(text: string | undefined): string | undefined {
  const host = parseHost(text);
  return host?.kind === 'store' ? host.name : undefined;
}

function parseName(name: string): Host | undefined {
  const labels = name.split('.');
  if (name.length > MAX_NAME || !labels.every((label) => LABEL.test(label))) return undefined;
  const last = labels.at(-1) ?? '';
  // `127.1` and `0x7f.1` are addresses to some and names to others.
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(last)) {
    return ipaddr.IPv4.isValidFourPartDecimal(name) && canonicalAddress(name) === name
      ? { kind: 'address', address: name }
      : undefined;
  }
  if (last !== 'localhost') return { kind: 'name', name };
  if (labels.length === 1) return { kind: 'localhost' };
  return labels.length === 2 ? { kind: 'store', name: labels[0] ?? '' } : undefined;
}

/** An address in its one spelling; IPv4 in IPv6 becomes IPv4. Throws for text that is no address. */
function canonicalAddress(text: string): string {
  return ipaddr.process(text).toString();
}

export function isLoopbackAddress(text: string): boolean {
  return ipaddr.isValid(text) && ipaddr.process(text).range() === 'loopback';
}
