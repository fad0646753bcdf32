/** Off loopback, the server starts only with authentication, or with an explicit opt-out. */
import { lookup } from 'node:dns/promises';
import type { Logger } from 'pino';
import { isLoopbackAddress, parseHost } from '../store-access/hostnames.ts';
import type { Auth, Listening } from '../config/listen-config.ts';

/** The server can't or must not listen on the address. The message says what to do. */
export class ListenError extends Error {}

/** Throws ListenError for a host that other machines can reach while there is no authentication. */
export async function assertMayListen(host: string, { kind }: Auth): Promise<void> {
  const addresses = await lookup(host, { all: true }).catch(() => {
    throw new ListenError(`SHOPYARD_HOST=${host} is not an address of this machine`);
  });
  if (isLocalOnly(kind)) assertLoopback(host, addresses);
}

/** Without accounts, and without a proxy that signs people in, only this machine may ask. */
export function isLocalOnly(kind: Auth['kind']): boolean {
  return kind === 'none' || kind === 'required';
}

/** Checks the addresses that a socket is bound to, never how they were written. Throws ListenError. */
export function assertLoopback(host: string, bound: readonly { address: string }[]): void {
  if (bound.every(({ address }) => isLoopbackAddress(address))) return;
  throw new ListenError(
    `SHOPYARD_HOST=${host} is open to other machines, and Shopyard has no accounts yet: ` +
      'listen on 127.0.0.1, or set SHOPYARD_AUTH=proxy behind a proxy that signs people in, ' +
      'or set SHOPYARD_INSECURE_NO_AUTH=1 to make everybody who reaches the port an administrator',
  );
}

/** The URL to print, which a browser on this machine can open. */
export function localUrl(host: string, port: number): string {
  if (['127.0.0.1', '0.0.0.0', '::', 'localhost'].includes(host)) return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Warns at startup that everybody who gets through is an administrator. */
export function warnOfOpenAccess({ host, auth, publicUrl }: Listening, log: Logger): void {
  if (auth.kind === 'insecure') {
    log.warn(
      `SHOPYARD_INSECURE_NO_AUTH=1: everybody who reaches ${host} is an administrator of all stores; ` +
        'set SHOPYARD_AUTH=proxy behind a proxy that signs people in',
    );
  } else if (auth.kind === 'none' && publicUrl && parseHost(publicUrl.hostname)?.kind === 'name') {
    log.warn(
      `whoever the proxy at ${publicUrl.origin} lets in is an administrator of all stores: ` +
        'let it sign people in, and set SHOPYARD_AUTH=proxy and SHOPYARD_AUTH_SECRET so that Shopyard trusts only that proxy',
    );
  }
}
