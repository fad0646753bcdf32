/** The one place that makes callers, for REST, tRPC and WebSockets alike. */
import type { IncomingMessage } from 'node:http';
import { type Caller, ShopyardError, type SignInWay } from '@shopyard/contracts';
import { type Access, LOCAL } from '../app/access/access.ts';
import type { Person } from '../app/access/person.ts';
import type { Visitor } from '../app/access/sessions.ts';
import type { Listening } from '../config/listen-config.ts';
import { type AddressOf, createAddressOf, createExactAddressOf } from './client-address.ts';
import { createCallRates } from './call-rates.ts';
import type { Admit, Identity } from './identity.ts';
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
  addressOf: AddressOf;
  /** Holds callers to how often they may call. */
  admit: Admit;
}

export interface CallerSources {
  listening: Pick<Listening, 'auth' | 'publicUrl' | 'trustedProxies'>;
  access: Pick<Access, 'isAsked' | 'way' | 'byToken' | 'bySession' | 'revoked'>;
  now: () => Date;
}

/** A program that isn't the dashboard says so itself: this is for the reader of the history, and gives no rights. */
const CLIENT_HEADER = 'x-shopyard-client';
const MAX_CLIENT = 200;

export function callerOf(req: IncomingMessage, identity: Identity, transport: 'rest' | 'trpc'): Caller {
  const { id, name, roles, teams, scopes, by, session, token, address } = identity;
  const client = clientOf(req);
  return {
    user: { id, name },
    roles,
    scopes,
    teams,
    by,
    session,
    token,
    address,
    client,
    via: transport === 'rest' ? 'rest' : viaOf(req),
  };
}

const clientOf = ({ headers }: IncomingMessage): string => headers['user-agent']?.slice(0, MAX_CLIENT) ?? '';

function viaOf({ headers }: IncomingMessage): Caller['via'] {
  const client = headers[CLIENT_HEADER];
  return client === 'cli' || client === 'mcp' ? client : 'dashboard';
}

export function createCallers({ listening, access, now }: CallerSources): Callers {
  const { auth, publicUrl, trustedProxies } = listening;
  const addressOf = createAddressOf(trustedProxies);
  const exactAddressOf = createExactAddressOf(trustedProxies);
  const known = new WeakMap<IncomingMessage, Promise<Identity>>();
  const identifyAgain: Identify = async (req) => {
    const address = addressOf(req);
    if (auth.kind === 'proxy') return { ...readProxied(req, auth, publicUrl), address };
    const visitor = { address: exactAddressOf(req), client: clientOf(req) };
    const person = access.isAsked() ? await signedIn(req, publicUrl, { access, visitor }) : LOCAL;
    // Whoever has no account is one of many, so their addresses tell them apart.
    return { ...person, address, key: person.id === undefined ? address : `user ${person.name}` };
  };
  return {
    identifyAgain,
    identify(req) {
      const identity = known.get(req) ?? identifyAgain(req);
      known.set(req, identity);
      return identity;
    },
    onRevoked: (listener) => access.revoked.listen(listener),
    addressOf,
    admit: createCallRates(now),
  };
}

const PROGRAMS = 'Programs send the token in data/cli-token as "Authorization: Bearer …".';
const SIGN_IN: Record<SignInWay, string> = {
  nothing: 'Sign in.',
  link: `Sign in: open the link that "npm start" printed, or run "npm run sign-in" for another one. ${PROGRAMS}`,
  'set-up': 'Nobody has an account yet: open the set-up link that the server printed when it started.',
  password: `Sign in with your name and your password. ${PROGRAMS}`,
  proxy: 'Sign in through the proxy in front of Shopyard.',
  provider: `Sign in with your identity provider, in the dashboard. ${PROGRAMS}`,
};

async function signedIn(
  req: IncomingMessage,
  publicUrl: URL | undefined,
  { access, visitor }: Pick<CallerSources, 'access'> & { visitor: Visitor },
): Promise<Person> {
  const token = bearerOf(req);
  const session = readSession(req, publicUrl);
  if (token !== undefined && session !== undefined)
    throw new ShopyardError('validation_failed', 'send either a token or the cookie of a session, not both');
  if (session !== undefined) assertOwnPage(req);
  const person =
    token === undefined ? session && (await access.bySession(session)) : await access.byToken(token, visitor);
  if (!person) throw new ShopyardError('unauthorized', SIGN_IN[access.way()]);
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
