/** Parses Host headers. The guard and the proxy share this parser, so they agree on which hosts are stores. */
import ipaddr from 'ipaddr.js';

export type Host =
  /** `NAME.localhost`. */
  | { kind: 'store'; name: string }
  | { kind: 'localhost' }
  /** An address literal in canonical form, without brackets; IPv4-mapped IPv6 becomes IPv4. */
  | { kind: 'address'; address: string }
  /** Any other name, in lower case. */
  | { kind: 'name'; name: string };

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const MAX_NAME = 253;

/** Returns undefined for anything but a host with an optional port. */
export function parseHost(text: string | undefined): Host | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::(\d{1,5}))?$/i.exec(text ?? '');
  if (!match || Number(match[3] ?? 0) > 65_535) return undefined;
  const [, literal, hostname = ''] = match;
  if (literal !== undefined) {
    return ipaddr.IPv6.isValid(literal) ? { kind: 'address', address: canonicalAddress(literal) } : undefined;
  }
  return parseName(hostname.toLowerCase());
}

/** The store that a Host header names; undefined if it names none. */
export function storeNameOf(text: string | undefined): string | undefined {
  const host = parseHost(text);
  return host?.kind === 'store' ? host.name : undefined;
}

function parseName(name: string): Host | undefined {
  const labels = name.split('.');
  if (name.length > MAX_NAME || !labels.every((label) => LABEL.test(label))) return undefined;
  const last = labels.at(-1) ?? '';
  // Some parsers take `127.1` and `0x7f.1` for addresses, others for names.
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(last)) {
    return ipaddr.IPv4.isValidFourPartDecimal(name) && canonicalAddress(name) === name
      ? { kind: 'address', address: name }
      : undefined;
  }
  if (last !== 'localhost') return { kind: 'name', name };
  if (labels.length === 1) return { kind: 'localhost' };
  return labels.length === 2 ? { kind: 'store', name: labels[0] ?? '' } : undefined;
}

/** Canonical spelling of an address; IPv4-mapped IPv6 becomes IPv4. Throws for text that is not an address. */
function canonicalAddress(text: string): string {
  return ipaddr.process(text).toString();
}

export function isLoopbackAddress(text: string): boolean {
  return ipaddr.isValid(text) && ipaddr.process(text).range() === 'loopback';
}
