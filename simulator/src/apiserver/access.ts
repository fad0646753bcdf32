/**
 * Authenticates requests. kubectl sends credentials over TLS only, so the secret is the first path segment: 128 random
 * bits that only the kubeconfig contains.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

/** 32 hexadecimal digits. */
export function createSecret(): string {
  return randomBytes(16).toString('hex');
}

/**
 * Strips the secret from `req.url`. Throws an ApiError: 403 for a web page, 401 without the secret. Never 404: clients
 * would conclude that the object is gone, whereas a 401 makes them reload their kubeconfig.
 */
export function admit(req: IncomingMessage, secret: string): void {
  refuseBrowsers(req);
  const path = pathWithout(secret, req.url ?? '/');
  if (path === undefined) throw new ApiError({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' });
  req.url = path;
}

/** Whether the path is a health check, which needs no secret. */
export function isHealthCheck(url: string): boolean {
  return /^\/(healthz|livez|readyz)(\?|$)/.test(url);
}

/** The rest of the path after `/SECRET`; undefined if the path doesn't start with it. */
function pathWithout(secret: string, url: string): string | undefined {
  const expected = Buffer.from(`/${secret}`);
  const given = Buffer.from(url.slice(0, expected.length));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const rest = url.slice(expected.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : undefined;
}

/**
 * A page in the user's browser sends an Origin, its own Host after DNS rebinding, or at least `Sec-Fetch-*` headers,
 * which no script can suppress. Node's `fetch` sends only the mode header, which a browser
 * never sends alone.
 */
function refuseBrowsers({ headers }: IncomingMessage): void {
  const host = headers.host?.replace(/:\d+$/, '');
  const metadata = Object.keys(headers).filter((name) => name.startsWith('sec-fetch-'));
  const isNode = metadata.length === 1 && headers['sec-fetch-mode'] === 'cors';
  const isLocal = host === '127.0.0.1' || host === 'localhost';
  if (isLocal && headers.origin === undefined && (metadata.length === 0 || isNode)) return;
  throw new ApiError({
    code: 403,
    reason: 'Forbidden',
    message: 'the embedded cluster answers only to 127.0.0.1, and to no web page',
  });
}
