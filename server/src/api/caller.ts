/**
 * The one place that makes callers, for REST, tRPC and WebSockets alike. There are no accounts yet: either a proxy in front
 * names the user, or everybody is `local`; and everybody is an administrator.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Caller, type Role, ShopyardError } from '@shopyard/contracts';
import ipaddr from 'ipaddr.js';
import type { Auth } from '../config/listen-config.ts';

export interface Identity {
  /** The caller's name in the history. */
  name: string;
  /** Key for limits: the user, or the address where there is no authentication. */
  key: string;
  roles: readonly Role[];
}

/** Rejects with ShopyardError `unauthorized`. */
export type Identify = (req: IncomingMessage) => Promise<Identity>;

/** A program that isn't the dashboard says so itself: this is for the reader of the history, and gives no rights. */
const CLIENT_HEADER = 'x-shopyard-client';

export function callerOf(req: IncomingMessage, { name, roles }: Identity, transport: 'rest' | 'trpc'): Caller {
  return { user: { name }, roles, via: transport === 'rest' ? 'rest' : clientOf(req) };
}

function clientOf({ headers }: IncomingMessage): Caller['via'] {
  const client = headers[CLIENT_HEADER];
  return client === 'cli' || client === 'mcp' ? client : 'dashboard';
}

export const PROXY_SECRET_HEADER = 'x-shopyard-proxy-secret';
const LOCAL = 'local';
const MAX_USER = 200;

/** Asks once per request, whoever needs to know: guard, limits and the call itself. */
export function createIdentify(auth: Auth, publicUrl?: URL): Identify {
  const identify = createResolve(auth, publicUrl);
  const known = new WeakMap<IncomingMessage, Promise<Identity>>();
  return (req) => {
    const identity = known.get(req) ?? identify(req);
    known.set(req, identity);
    return identity;
  };
}

function createResolve(auth: Auth, publicUrl?: URL): Identify {
  if (auth.kind !== 'proxy') return async (req) => ({ name: LOCAL, key: addressKey(req), roles: ['admin'] });
  const { secret, userHeader } = auth;
  const expected = digest(secret);
  const where = publicUrl ? publicUrl.origin : 'the proxy in front of Shopyard';
  return async ({ headersDistinct }) => {
    const secrets = headersDistinct[PROXY_SECRET_HEADER] ?? [];
    // Comparing digests takes constant time, whatever the lengths.
    const proven = secrets.length === 1 && timingSafeEqual(digest(secrets[0] ?? ''), expected);
    if (!proven) throw new ShopyardError('unauthorized', `Sign in through ${where}.`);
    const name = userFrom(headersDistinct[userHeader]);
    if (name === undefined) {
      throw new ShopyardError('unauthorized', `Sign in through ${where}: it sent no valid user in ${userHeader}.`);
    }
    return { name, key: `user ${name}`, roles: ['admin'] };
  };
}

/** A header that occurs twice names nobody, because one of the two may come from the client. */
function userFrom(values: string[] | undefined): string | undefined {
  if (values?.length !== 1) return undefined;
  const name = Buffer.from(values[0] ?? '', 'latin1')
    .toString('utf8')
    .trim();
  // Rejects control, format and unassigned characters, because the name appears in histories and logs.
  return name.length > 0 && name.length <= MAX_USER && !/[\p{C}\u{fffd}]/u.test(name) ? name : undefined;
}

/** The caller's address; for IPv6 its /64 network, because one machine can use any number of addresses there. */
export function addressKey({ socket: { remoteAddress } }: IncomingMessage): string {
  if (remoteAddress === undefined || !ipaddr.isValid(remoteAddress)) return 'unknown';
  const address = ipaddr.process(remoteAddress);
  if (address.kind() === 'ipv4' || address.range() === 'loopback') return address.toString();
  return `${address.toNormalizedString().split(':').slice(0, 4).join(':')}::/64`;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'latin1').digest();
}
