/**
 * Keeps other web pages out. A page can reach whatever its visitor's browser can reach: with a form or a WebSocket
 * (then the Origin is not ours), or by pointing its own DNS name at our address (then the Host is not ours).
 */
import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { type Host, isLoopbackAddress, parseHost } from '../store-access/hostnames.ts';

/** Returns one sentence about what is wrong, or undefined if the request may pass. */
export type Refusal = (req: IncomingMessage) => string | undefined;

export interface RequestGuard {
  /** For every request: requires our Host and our Origin, and refuses changes requested by another site. */
  refusalOf: Refusal;
  /** For data: refuses even links from another site. */
  readRefusalOf: Refusal;
}

export function createRequestGuard(publicUrl?: URL): RequestGuard {
  return {
    refusalOf(req) {
      const { host = '', origin } = req.headers;
      const parsed = parseHost(host);
      if (!parsed || !isOurs(parsed, { req, publicUrl })) {
        return `this server does not answer to ${JSON.stringify(host.slice(0, 100))}: open it at localhost, or set SHOPYARD_URL to its address`;
      }
      if (origin !== undefined && !originsOf(parsed, { host, publicUrl }).includes(origin.toLowerCase())) {
        return 'requests from other web pages are refused';
      }
      const reads = (req.method === 'GET' || req.method === 'HEAD') && req.headers.upgrade === undefined;
      return reads ? undefined : crossSite(req);
    },
    readRefusalOf: crossSite,
  };
}

function isOurs(host: Host, { req, publicUrl }: { req: IncomingMessage; publicUrl: URL | undefined }): boolean {
  const ours = publicUrl && parseHost(publicUrl.hostname);
  switch (host.kind) {
    case 'localhost':
      return true;
    case 'address':
      // The address that the connection came in on is safe, because DNS rebinding needs a name.
      return (
        isLoopbackAddress(host.address) ||
        host.address === canonical(req.socket.localAddress) ||
        (ours?.kind === 'address' && ours.address === host.address)
      );
    case 'name':
      return ours?.kind === 'name' && ours.name === host.name;
    case 'store':
      // The proxy handles these requests.
      return false;
  }
}

/** A proxy may send its own Host or the browser's, so the public origin is valid with any of our Hosts. */
function originsOf(parsed: Host, { host, publicUrl }: { host: string; publicUrl: URL | undefined }): string[] {
  return [
    ...(publicUrl ? [publicUrl.origin] : []),
    ...(parsed.kind === 'name' ? [] : [`http://${host.toLowerCase().replace(/:80$/, '')}`]),
  ];
}

function crossSite({ headers }: IncomingMessage): string | undefined {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none'
    ? undefined
    : 'requests from other web pages are refused';
}

function canonical(address: string | undefined): string | undefined {
  return address !== undefined && ipaddr.isValid(address) ? ipaddr.process(address).toString() : undefined;
}
