/**
 * Who may ask. kubectl sends credentials over TLS only, so the secret is the first part of the path: 128 random bits
 * that stand in the kubeconfig alone.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ApiError } from '../api-error.ts';

/** 32 hexadecimal digits. */
export function createSecret(): string {
  return randomBytes(16).toString('hex');
}

/**
 * Takes the secret off `req.url`. Throws an ApiError: 403 for a web page, 401 without the secret. Never 404: clients
 * take that for an object that is gone, while they read their kubeconfig again at 401.
 */
export function admit(req: IncomingMessage, secret: string): void {
  refuseBrowsers(req);
  const path = pathWithout(secret, req.url ?? '/');
  if (path === undefined) throw new ApiError(401, 'Unauthorized', 'Unauthorized');
  req.url = path;
}

/** Whether the path, without the secret too, is one that says only that the server answers. */
export function isHealthCheck(url: string): boolean {
  return /^\/(healthz|livez|readyz)(\?|$)/.test(url);
}

/** What follows `/SECRET`; undefined where that is not how it begins. */
function pathWithout(secret: string, url: string): string | undefined {
  const expected = Buffer.from(`/${secret}`);
  const given = Buffer.from(url.slice(0, expected.length));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const rest = url.slice(expected.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : undefined;
}

/**
 * A page in the user's browser sends an Origin, a Host of its own after rebinding its name, or at least the
 * `Sec-Fetch-*` headers that no script can leave out. Node's `fetch` sends one of those: its mode, which in a browser
 * never comes alone.
 */
function refuseBrowsers({ headers }: IncomingMessage): void {
  const host = headers.host?.replace(/:\d+$/, '');
  const metadata = Object.keys(headers).filter((name) => name.startsWith('sec-fetch-'));
  const isNode = metadata.length === 1 && headers['sec-fetch-mode'] === 'cors';
  const isLocal = host === '127.0.0.1' || host === 'localhost';
  if (isLocal && headers.origin === undefined && (metadata.length === 0 || isNode)) return;
  throw new ApiError(403, 'Forbidden', 'the embedded cluster answers only to 127.0.0.1, and to no web page');
}
