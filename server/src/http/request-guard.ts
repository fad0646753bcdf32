/**
 * Who may talk to us. A page in the user's browser can reach a loopback server: by a form (its Origin is
 * not ours), or by pointing a name of its own at 127.0.0.1 (its Host is not ours).
 */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** A sentence that says what is wrong, or undefined when the request may pass. */
export function refusalOf(headers: IncomingHttpHeaders, listensOn: string): string | undefined {
  const { host = '', origin } = headers;
  if (isLoopback(listensOn) && !isLocalName(hostnameOf(host))) {
    return `this server answers to localhost only, not to "${host.slice(0, 100)}"`;
  }
  if (origin !== undefined && originHost(origin) !== host) return 'requests from other web pages are refused';
  return undefined;
}

function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || address.startsWith('127.');
}

function isLocalName(hostname: string): boolean {
  if (isIP(hostname) !== 0) return true;
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

/** Without port, and without the brackets of an IPv6 address. */
function hostnameOf(host: string): string {
  const match = /^\[([^\]]+)\]|^([^:]+)/.exec(host);
  return (match?.[1] ?? match?.[2] ?? '').toLowerCase();
}

function originHost(origin: string): string {
  try {
    return new URL(origin).host;
  } catch {
    return '';
  }
}
