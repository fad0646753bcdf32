/**
 * The cookie that keeps a browser signed in. Cookies know no ports, so on plain HTTP its name ends with the port: two
 * servers of one machine would overwrite each other's. Behind TLS its prefix makes browsers refuse it from anybody else.
 */
import type { IncomingMessage } from 'node:http';
import { LIFETIME_MS } from '../app/access/sessions.ts';
import { parseHost } from '../store-access/hostnames.ts';

const NAME = 'shopyard';

/** The secret of the request's session; `undefined` without one. */
export function readSession(req: IncomingMessage, publicUrl?: URL): string | undefined {
  const wanted = `${nameOf(req, publicUrl)}=`;
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
  const cookie = `${nameOf(req, publicUrl)}=${secret ?? ''}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}`;
  return isOverTls(req, publicUrl) ? `${cookie}; Secure` : cookie;
}

function nameOf(req: IncomingMessage, publicUrl: URL | undefined): string {
  return isOverTls(req, publicUrl) ? `__Host-${NAME}` : `${NAME}-${req.socket.localPort}`;
}

/** Whoever comes by the public address came over TLS, if that has it. */
function isOverTls({ headers }: IncomingMessage, publicUrl: URL | undefined): boolean {
  return publicUrl?.protocol === 'https:' && parseHost(headers.host)?.kind === 'name';
}
