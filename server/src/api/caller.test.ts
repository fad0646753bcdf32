import type { IncomingMessage } from 'node:http';
import { ShopyardError } from '@shopyard/contracts';
import { describe, expect, test } from 'vitest';
import { callerOf, createIdentify, type Identity } from './caller.ts';

const SECRET = 's'.repeat(32);
const proxy = createIdentify(
  { kind: 'proxy', secret: SECRET, userHeader: 'remote-user' },
  new URL('https://shop.example'),
);

async function ask(headers: Record<string, string[]>, identify = proxy): Promise<Identity | string> {
  const request = { headersDistinct: headers, socket: { remoteAddress: '127.0.0.1' } } as unknown as IncomingMessage;
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
    expect(await ask(proven(['ann']))).toEqual({ name: 'ann', key: 'user ann', roles: ['admin'] });
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

describe('without authentication', () => {
  const keyOf = async (remoteAddress: string): Promise<string> =>
    (await createIdentify({ kind: 'none' })({ socket: { remoteAddress } } as unknown as IncomingMessage)).key;

  test('treats everybody as local, whatever their headers say', async () => {
    expect(await ask(proven(['ann']), createIdentify({ kind: 'none' }))).toMatchObject({ name: 'local' });
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
  const request = { headers: { 'x-shopyard-client': header } } as unknown as IncomingMessage;
  const caller = callerOf(request, { name: 'ann', key: 'user ann', roles: ['admin'] }, transport);
  expect(caller).toEqual({ user: { name: 'ann' }, roles: ['admin'], via });
});
