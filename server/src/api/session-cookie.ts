/**
 * The cookie that keeps a browser signed in. Cookies know no ports, so on plain HTTP its name ends with the port: two
 * servers of one machine would overwrite each other's. Behind TLS its prefix makes browsers refuse it from anybody else.
 */
import type { IncomingMessage } from 'node:http';
import { LIFETIME_MS } from '../app/access/sessions.ts';
import { parseHost } from '../store-access/hostnames.ts';

const NAME = 'shopyard';
/** Of a sign-in at an identity provider, until that sends the browser back. */
const BEGUN = 'shopyard-begun';
const BEGUN_S = 600;

/** The secret of the request's session; `undefined` without one. */
export const readSession = (req: IncomingMessage, publicUrl?: URL): string | undefined => read(req, NAME, publicUrl);

/** What the request's browser kept of the sign-in that it began. */
export const readBegun = (req: IncomingMessage, publicUrl?: URL): string | undefined => read(req, BEGUN, publicUrl);

function read(req: IncomingMessage, name: string, publicUrl?: URL): string | undefined {
  const wanted = `${fullName(req, name, publicUrl)}=`;
  const values = (req.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(wanted));
  // One of two may have been set by another site.
  return values.length === 1 ? values[0]?.slice(wanted.length) || undefined : undefined;
}

/** A `Set-Cookie` header. Without a secret, it makes the browser forget. */
export function sessionCookie(req: IncomingMessage, secret: string | undefined, publicUrl?: URL): string {
  const age = secret === undefined ? 0 : LIFETIME_MS / 1000;
  const cookie = `${fullName(req, NAME, publicUrl)}=${secret ?? ''}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}`;
  return isOverTls(req, publicUrl) ? `${cookie}; Secure` : cookie;
}

/** The same for a sign-in that has begun. It is sent along when another site, the provider, sends the browser back. */
export function begunCookie(req: IncomingMessage, kept: string | undefined, publicUrl?: URL): string {
  const age = kept === undefined ? 0 : BEGUN_S;
  const cookie = `${fullName(req, BEGUN, publicUrl)}=${kept ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}`;
  return isOverTls(req, publicUrl) ? `${cookie}; Secure` : cookie;
}

function fullName(req: IncomingMessage, name: string, publicUrl: URL | undefined): string {
  return isOverTls(req, publicUrl) ? `__Host-${name}` : `${name}-${req.socket.localPort}`;
}

/** Whoever comes by the public address came over TLS, if that has it. */
function isOverTls({ headers }: IncomingMessage, publicUrl: URL | undefined): boolean {
  return publicUrl?.protocol === 'https:' && parseHost(headers.host)?.kind === 'name';
}
