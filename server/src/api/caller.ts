/** The one place that makes callers, for REST, tRPC and WebSockets alike. */
import type { IncomingMessage } from 'node:http';
import { type Caller, ShopyardError } from '@shopyard/contracts';
import ipaddr from 'ipaddr.js';
import { type Access, LOCAL, type Person } from '../app/access/access.ts';
import type { Auth } from '../config/listen-config.ts';
import type { Identity } from './identity.ts';
import { readProxied } from './proxied-user.ts';
import { readSession } from './session-cookie.ts';

/** Rejects with ShopyardError `unauthorized`, `forbidden` or `validation_failed`. */
export type Identify = (req: IncomingMessage) => Promise<Identity>;

export interface Callers {
  /** Asks once per request, whoever needs to know: guard, limits and the call itself. */
  identify: Identify;
  /** Looks again: a connection may outlive what let it in. */
  identifyAgain: Identify;
  /** Calls `listener` whenever that may have happened. Returns a function that stops it. */
  onRevoked: (listener: () => void) => () => void;
}

export interface CallerSources {
  auth: Auth;
  publicUrl?: URL | undefined;
  access: Pick<Access, 'isAsked' | 'byToken' | 'bySession' | 'revoked'>;
}

/** A program that isn't the dashboard says so itself: this is for the reader of the history, and gives no rights. */
const CLIENT_HEADER = 'x-shopyard-client';

export function callerOf(req: IncomingMessage, { name, roles }: Identity, transport: 'rest' | 'trpc'): Caller {
  return { user: { name }, roles, via: transport === 'rest' ? 'rest' : clientOf(req) };
}

function clientOf({ headers }: IncomingMessage): Caller['via'] {
  const client = headers[CLIENT_HEADER];
  return client === 'cli' || client === 'mcp' ? client : 'dashboard';
}

export function createCallers({ auth, publicUrl, access }: CallerSources): Callers {
  const known = new WeakMap<IncomingMessage, Promise<Identity>>();
  const identifyAgain: Identify = async (req) => {
    if (auth.kind === 'proxy') return readProxied(req, auth, publicUrl);
    const person = access.isAsked ? await signedIn(req, { publicUrl, access }) : LOCAL;
    // Everybody is this one person, so their addresses tell them apart.
    return { ...person, key: person === LOCAL ? addressKey(req) : `user ${person.name}` };
  };
  return {
    identifyAgain,
    identify(req) {
      const identity = known.get(req) ?? identifyAgain(req);
      known.set(req, identity);
      return identity;
    },
    onRevoked: (listener) => access.revoked.listen(listener),
  };
}

const SIGN_IN =
  'Sign in: open the link that "npm start" printed, or run "npm run sign-in" for another one. ' +
  'Programs send the token in data/cli-token as "Authorization: Bearer …".';

async function signedIn(
  req: IncomingMessage,
  { publicUrl, access }: Pick<CallerSources, 'publicUrl' | 'access'>,
): Promise<Person> {
  const token = bearerOf(req);
  const session = readSession(req, publicUrl);
  if (token !== undefined && session !== undefined)
    throw new ShopyardError('validation_failed', 'send either a token or the cookie of a session, not both');
  if (session !== undefined) assertOwnPage(req);
  const person = token === undefined ? session && (await access.bySession(session)) : await access.byToken(token);
  if (!person) throw new ShopyardError('unauthorized', SIGN_IN);
  return person;
}

/** `undefined` without a header; a header of another form is a token that nobody has. */
function bearerOf({ headersDistinct: { authorization } }: IncomingMessage): string | undefined {
  if (!authorization) return undefined;
  const [, token = ''] =
    authorization.length === 1 ? (/^Bearer ([\x21-\x7e]{1,200})$/i.exec(authorization[0] ?? '') ?? []) : [];
  return token;
}

/**
 * A browser sends cookies along whoever asks it to, so whatever changes something must come from our own page. The guard has
 * refused a foreign Origin; here it may not be missing either.
 */
function assertOwnPage({ method, headers }: IncomingMessage): void {
  const reads = (method === 'GET' || method === 'HEAD') && headers.upgrade === undefined;
  if (!reads && headers.origin === undefined)
    throw new ShopyardError('forbidden', 'a call with the cookie of a session needs an Origin: send a token instead');
}

/** The caller's address; for IPv6 its /64 network, because one machine can use any number of addresses there. */
export function addressKey({ socket: { remoteAddress } }: IncomingMessage): string {
  if (remoteAddress === undefined || !ipaddr.isValid(remoteAddress)) return 'unknown';
  const address = ipaddr.process(remoteAddress);
  if (address.kind() === 'ipv4' || address.range() === 'loopback') return address.toString();
  return `${address.toNormalizedString().split(':').slice(0, 4).join(':')}::/64`;
}
