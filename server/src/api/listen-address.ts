/** Where the server listens, and who can reach it there. */
import { lookup } from 'node:dns/promises';
import type { Logger } from 'pino';
import { isLoopbackAddress, parseHost } from '../store-access/hostnames.ts';
import type { Listening } from '../config/listen-config.ts';

/** The server can't or must not listen on the address. The message says what to do. */
export class ListenError extends Error {}

/** Whether only this machine reaches the host. Throws ListenError for one that is not an address of this machine. */
export async function isLocalHost(host: string): Promise<boolean> {
  const addresses = await lookup(host, { all: true }).catch(() => {
    throw new ListenError(`SHOPYARD_HOST=${host} is not an address of this machine`);
  });
  return addresses.every(({ address }) => isLoopbackAddress(address));
}

/** Others could be faster with the first account than its owner: the operator decides. Throws ListenError. */
export function refuseStrangers(host: string): never {
  throw new ListenError(
    `SHOPYARD_HOST=${host} is open to other machines, and nobody has an account: listen on 127.0.0.1 and run "npm run set-up" ` +
      'for the first one, or set SHOPYARD_AUTH=required to set it up from elsewhere, by a link that the server prints, ' +
      'or SHOPYARD_AUTH=proxy behind a proxy that signs people in, ' +
      'or SHOPYARD_INSECURE_NO_AUTH=1 to make everybody who reaches the port an administrator',
  );
}

/** Checks the addresses that a socket is bound to, never how they were written. Throws ListenError. */
export function assertLoopback(host: string, bound: readonly { address: string }[]): void {
  if (bound.every(({ address }) => isLoopbackAddress(address))) return;
  throw new ListenError(
    `SHOPYARD_HOST=${host} is open to other machines, although its name led to this one only: name an address`,
  );
}

/** The URL to print, which a browser on this machine can open. */
export function localUrl(host: string, port: number): string {
  if (['127.0.0.1', '0.0.0.0', '::', 'localhost'].includes(host)) return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

export interface Openness {
  /** Only this machine reaches the port. */
  isLocal: boolean;
  /** Callers say who they are. */
  isAsked: boolean;
}

/** Warns at startup of what others may do or read. */
export function warnOfOpenAccess(
  { host, auth, publicUrl }: Listening,
  { isLocal, isAsked }: Openness,
  log: Logger,
): void {
  if (auth.kind === 'insecure') {
    log.warn(
      `SHOPYARD_INSECURE_NO_AUTH=1: everybody who reaches ${host} is an administrator of all stores; ` +
        'unset it, so that people sign in',
    );
  } else if (!isLocal && auth.kind !== 'proxy' && publicUrl?.protocol !== 'https:') {
    log.warn(
      `SHOPYARD_HOST=${host} is open to other machines, and passwords and sessions travel unencrypted: ` +
        'put a proxy with TLS in front, and set SHOPYARD_URL to its address',
    );
  } else if (!isAsked && publicUrl && parseHost(publicUrl.hostname)?.kind === 'name') {
    log.warn(
      `whoever the proxy at ${publicUrl.origin} lets in is an administrator of all stores: run "npm run set-up" for accounts, ` +
        'or let the proxy sign people in, and set SHOPYARD_AUTH=proxy and SHOPYARD_AUTH_SECRET so that Shopyard trusts only that proxy',
    );
  }
}
