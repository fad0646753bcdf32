import type { IncomingMessage } from 'node:http';
import { ShopyardError } from '@shopyard/contracts';
import { describe, expect, test } from 'vitest';
import { type Access, LOCAL } from '../app/access/access.ts';
import { Signal } from '../kit/signal.ts';
import { callerOf, createCallers, type Identify } from './caller.ts';
import type { Identity } from './identity.ts';
import { openToAll } from './testing.ts';

const SECRET = 's'.repeat(32);
const open = await openToAll();
const { identify: local } = open.callers;
const { identify: proxy } = createCallers({
  listening: {
    auth: { kind: 'proxy', secret: SECRET, userHeader: 'remote-user' },
    publicUrl: new URL('https://shop.example'),
  },
  access: open.people,
  now: () => new Date(),
});

async function ask(headers: Record<string, string[]>, identify = proxy): Promise<Identity | string> {
  const request = {
    headers: {},
    headersDistinct: headers,
    socket: { remoteAddress: '127.0.0.1' },
  } as unknown as IncomingMessage;
  try {
    return await identify(request);
  } catch (error) {
    if (!(error instanceof ShopyardError)) throw error;
    return error.code;
  }
}

const proven = (user: string[]): Record<string, string[]> => ({
  'x-shopyard-proxy-secret': [SECRET],
  'remote-user': user,
});

describe('behind a proxy', () => {
  test('takes the user that the proxy names', async () => {
    expect(await ask(proven(['ann']))).toEqual({
      name: 'ann',
      key: 'user ann',
      roles: ['admin'],
      by: 'proxy',
      address: '127.0.0.1',
    });
    const utf8 = Buffer.from('Zoë').toString('latin1');
    expect(await ask(proven([utf8]))).toMatchObject({ name: 'Zoë' });
  });

  const REFUSED: { what: string; headers: Record<string, string[]> }[] = [
    { what: 'no header', headers: {} },
    { what: 'a user without the secret', headers: { 'remote-user': ['ann'] } },
    { what: 'the secret without a user', headers: { 'x-shopyard-proxy-secret': [SECRET] } },
    { what: 'a wrong secret', headers: { 'x-shopyard-proxy-secret': [`${SECRET}x`], 'remote-user': ['ann'] } },
    { what: 'part of the secret', headers: { 'x-shopyard-proxy-secret': [SECRET.slice(1)], 'remote-user': ['ann'] } },
    { what: 'two secrets', headers: { 'x-shopyard-proxy-secret': [SECRET, SECRET], 'remote-user': ['ann'] } },
    { what: 'two users, one of them from the client', headers: proven(['admin', 'ann']) },
    { what: 'an empty user', headers: proven([' ']) },
    { what: 'a user with a control character', headers: proven(['an\u0007n']) },
    { what: 'a user that is not UTF-8', headers: proven(['\u00ff']) },
    { what: 'a user with a bidirectional override', headers: proven([Buffer.from('a\u202en').toString('latin1')]) },
    { what: 'a very long user', headers: proven(['a'.repeat(201)]) },
    {
      what: 'the user in another header',
      headers: { 'x-shopyard-proxy-secret': [SECRET], 'x-forwarded-user': ['ann'] },
    },
  ];
  test.each(REFUSED)('rejects $what as unauthorized', async ({ headers }) => {
    expect(await ask(headers)).toBe('unauthorized');
  });
});

describe('where people sign in', () => {
  const access: Pick<Access, 'isAsked' | 'way' | 'byToken' | 'bySession' | 'revoked'> = {
    isAsked: () => true,
    way: () => 'link',
    byToken: async (token) => (token === 'good' ? LOCAL : undefined),
    bySession: async (secret) => (secret === 'open' ? LOCAL : undefined),
    revoked: new Signal(),
  };
  const auth = { kind: 'required' } as const;
  const { identify } = createCallers({ listening: { auth }, access, now: () => new Date() });
  const publicUrl = new URL('https://shop.example');
  const { identify: overTls } = createCallers({ listening: { auth, publicUrl }, access, now: () => new Date() });

  async function come(headers: Record<string, string>, { by = identify, method = 'GET' } = {}): Promise<string> {
    const headersDistinct = headers['authorization'] ? { authorization: [headers['authorization']] } : {};
    const socket = { remoteAddress: '127.0.0.1', localPort: 3000 };
    const request = { method, headers, headersDistinct, socket } as unknown as IncomingMessage;
    return by(request).then(
      ({ name }) => name,
      (error: ShopyardError) => error.code,
    );
  }

  const CASES: { what: string; headers: Record<string, string>; by?: Identify; method?: string; outcome: string }[] = [
    { what: 'nothing', headers: {}, outcome: 'unauthorized' },
    { what: 'the token', headers: { authorization: 'Bearer good' }, outcome: 'local' },
    { what: 'another token', headers: { authorization: 'Bearer bad' }, outcome: 'unauthorized' },
    { what: 'the token as a password', headers: { authorization: 'Basic good' }, outcome: 'unauthorized' },
    { what: 'the cookie', headers: { cookie: 'a=b; shopyard-3000=open' }, outcome: 'local' },
    { what: 'the cookie of an ended session', headers: { cookie: 'shopyard-3000=over' }, outcome: 'unauthorized' },
    { what: "another server's cookie", headers: { cookie: 'shopyard-3001=open' }, outcome: 'unauthorized' },
    {
      what: 'two cookies of the name, one of them from elsewhere',
      headers: { cookie: 'shopyard-3000=open; shopyard-3000=open' },
      outcome: 'unauthorized',
    },
    {
      what: 'token and cookie at once',
      headers: { authorization: 'Bearer good', cookie: 'shopyard-3000=open' },
      outcome: 'validation_failed',
    },
    {
      what: 'a change with the cookie and no Origin',
      headers: { cookie: 'shopyard-3000=open' },
      method: 'POST',
      outcome: 'forbidden',
    },
    {
      what: 'an upgrade with the cookie and no Origin',
      headers: { cookie: 'shopyard-3000=open', upgrade: 'websocket' },
      outcome: 'forbidden',
    },
    {
      what: 'a change with the cookie from our page',
      headers: { cookie: 'shopyard-3000=open', origin: 'http://localhost:3000' },
      method: 'POST',
      outcome: 'local',
    },
    { what: 'a change with the token', headers: { authorization: 'Bearer good' }, method: 'POST', outcome: 'local' },
    {
      what: 'behind TLS, a cookie that other sites can set',
      headers: { host: 'shop.example', cookie: 'shopyard-3000=open' },
      by: overTls,
      outcome: 'unauthorized',
    },
    {
      what: 'behind TLS, the cookie that only we can set',
      headers: { host: 'shop.example', cookie: '__Host-shopyard=open' },
      by: overTls,
      outcome: 'local',
    },
  ];
  test.each(CASES)('answers $what with $outcome', async ({ headers, outcome, ...how }) => {
    expect(await come(headers, how)).toBe(outcome);
  });
});

describe('without authentication', () => {
  const keyOf = async (remoteAddress: string): Promise<string> =>
    (await local({ headers: {}, socket: { remoteAddress } } as unknown as IncomingMessage)).key;

  test('treats everybody as local, whatever their headers say', async () => {
    expect(await ask(proven(['ann']), local)).toMatchObject({ name: 'local' });
  });

  test('distinguishes callers by address, or by network for IPv6', async () => {
    expect(await keyOf('127.0.0.1')).toBe(await keyOf('::ffff:127.0.0.1'));
    expect(await keyOf('127.0.0.1')).not.toBe(await keyOf('127.0.0.2'));
    expect(await keyOf('2001:db8:1:2::5')).toBe(await keyOf('2001:db8:1:2:9::7'));
    expect(await keyOf('2001:db8:1:2::5')).not.toBe(await keyOf('2001:db8:1:3::5'));
  });
});

test.each([
  { what: 'REST', transport: 'rest', header: undefined, via: 'rest' },
  { what: 'the dashboard', transport: 'trpc', header: undefined, via: 'dashboard' },
  { what: 'a program that names itself', transport: 'trpc', header: 'cli', via: 'cli' },
  { what: 'a name that nobody knows', transport: 'trpc', header: 'environment', via: 'dashboard' },
] as const)('says that a call came by $via for $what', ({ transport, header, via }) => {
  const request = { headers: { 'x-shopyard-client': header, 'user-agent': 'curl' } } as unknown as IncomingMessage;
  const caller = callerOf(
    request,
    { name: 'ann', key: 'user ann', roles: ['admin'], by: 'proxy', address: '::1' },
    transport,
  );
  expect(caller).toEqual({ user: { name: 'ann' }, roles: ['admin'], by: 'proxy', via, address: '::1', client: 'curl' });
});
