/** Signing in at an identity provider: a real one, in this process. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startServerProcess, temporaryDir } from '@shopyard/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Access, createAccess } from '../../src/app/access/access.ts';
import { createIdentityProvider } from '../../src/app/access/identity-provider.ts';
import type { ProviderError } from '../../src/app/access/provider-sign-in.ts';
import { createTeams, type Teams } from '../../src/app/access/teams.ts';
import type { Person } from '../../src/app/access/person.ts';
import type { GroupGrant } from '../../src/domain/group-grants.ts';
import { openDatabase } from '../../src/storage/sqlite/database.ts';
import { createSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { type OidcServer, startOidcServer } from '@shopyard/testkit/oidc-server';

const BACK = 'http://localhost:3000/session/provider/answer';
const HERE = { address: '192.0.2.1', client: 'Firefox' };
const TABLE: GroupGrant[] = [
  { group: 'root', role: 'admin' },
  { group: 'ops', role: 'operator' },
  { group: 'shops', role: 'owner', team: 'shops' },
];
const ROOT = { sub: 'r1', preferred_username: 'root', groups: ['root'] };
const ANN = { sub: 'u1', preferred_username: 'Ann Smith', groups: ['ops'] };

let provider: OidcServer;
let storage: Storage;
let access: Access;
let at: Date;
let teams: Teams;

beforeEach(async () => {
  at = new Date();
  provider = await startOidcServer([BACK]);
  storage = createSqliteStorage(await openDatabase(':memory:'), () => '');
  access = await open();
  const useOf = () => ({ stores: 0, sizeUnits: 0, storageGiB: 0 });
  const { people, stores } = storage;
  teams = createTeams({ people, stores, useOf, now: () => at, onRevoked: () => undefined });
});
afterEach(() => provider[Symbol.asyncDispose]());

function open(more: { passwords?: boolean; issuer?: string } = {}): Promise<Access> {
  const { issuer, clientId, clientSecret } = provider;
  const claims = { groupsClaim: 'groups', nameClaim: 'preferred_username', scopes: 'openid profile' };
  const client = createIdentityProvider({ name: 'ID', issuer, clientId, clientSecret, ...claims, ...more });
  return createAccess({
    storage,
    now: () => at,
    mode: 'elsewhere',
    token: undefined,
    provider: { client, table: TABLE },
    ...more,
  });
}

const begin = async () => {
  const begun = await access.provider?.begin(BACK);
  if (!begun) throw new Error('no provider');
  return { ...begun, answer: await provider.visit(begun.url) };
};

async function signIn(as: OidcServer['person']): Promise<Person> {
  provider.person = as;
  const { answer, kept } = await begin();
  const person = await access.bySession((await access.provider?.finish(answer, kept, HERE)) ?? '');
  if (!person) throw new Error('no session');
  return person;
}

const refusal = (as: OidcServer['person']): Promise<string> =>
  signIn(as).then(
    () => 'signed in',
    (error: ProviderError) => error.why,
  );

describe('who the provider vouches for', () => {
  test('has the roles that the table gives to their groups, and no other', async () => {
    expect(await signIn(ROOT)).toMatchObject({ name: 'root', roles: ['admin'], teams: {} });
    expect(await signIn(ANN)).toMatchObject({ name: 'ann-smith', roles: [], teams: { default: 'operator' } });
    expect(await refusal({ ...ANN, sub: 'u2', groups: ['admin', 'staff'] })).toBe('no-role');
    expect((await storage.people.users.list()).map(({ name }) => name)).toEqual(['ann-smith', 'root']);
    const [latest] = await access.service.audit({ limit: 1, action: 'sign-in', outcome: 'ok' });
    expect(latest).toMatchObject({ actor: 'ann-smith', by: 'session', detail: 'ID, operator in default' });
  });

  test('is the same account after another e-mail and name, and another one with another subject', async () => {
    const { id } = await signIn({ ...ROOT, email: 'a@example.com' });
    expect((await signIn({ ...ROOT, email: 'b@example.com', preferred_username: 'renamed' })).id).toBe(id);
    const thief = await signIn({ ...ANN, sub: 'u9', preferred_username: 'root', email: 'b@example.com' });
    expect([thief.id === id, thief.name, thief.roles]).toEqual([false, 'root-2', []]);
  });

  test('loses what a group gave once that is taken away, also when refused, and keeps what was given here', async () => {
    const root = await signIn(ROOT);
    const caller = { user: root, roles: ['admin'], via: 'rest' } as const;
    expect((await signIn({ ...ANN, groups: ['ops', 'shops'] })).teams).toEqual({ default: 'operator', shops: 'owner' });
    const taken = teams.setMember({ team: 'shops', name: 'ann-smith', role: null }, caller);
    await expect(taken).rejects.toMatchObject({ code: 'validation_failed', issues: [{ field: 'role' }] });
    expect((await signIn({ ...ANN, groups: ['ops'] })).teams).toEqual({ default: 'operator' });
    expect(await refusal({ ...ANN, groups: [] })).toBe('no-role');
    const ann = await storage.people.users.findByName('ann-smith');
    expect(ann?.teams).toEqual({});
    await teams.setMember({ team: 'default', name: 'ann-smith', role: 'viewer' }, caller);
    expect((await signIn({ ...ANN, groups: ['shops'] })).teams).toEqual({ default: 'viewer', shops: 'owner' });
    expect((await signIn({ ...ANN, groups: [] })).teams).toEqual({ default: 'viewer' });
    expect((await signIn({ ...ROOT, groups: ['root', 'ops'] })).roles).toEqual(['admin']);
    expect(await refusal({ ...ROOT, groups: ['ops'] })).toBe('signed in');
  });

  test('comes back within a working day, and not at all once disabled', async () => {
    const root = await signIn(ROOT);
    const ann = await signIn(ANN);
    await access.service.changeUser(
      { id: ann.id ?? '', disabled: true },
      { user: root, roles: ['admin'], via: 'rest' },
    );
    expect(await refusal(ANN)).toBe('disabled');
    // Fresh is who has just signed in at the provider: there is no password to confirm that with.
    const asked = access.service.confirmPassword(
      { password: 'x' },
      { user: root, roles: ['admin'], session: root.session, via: 'rest' },
    );
    await expect(asked).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('sign-in is made elsewhere'),
    });
    const [session] = await storage.people.sessions.ofUser(root.id ?? '', { at, idleSince: new Date(0) });
    expect(Date.parse(session?.expiresAt ?? '') - at.getTime()).toBe(8 * 3_600_000);
  });

  test('is refused while there is no administrator, who could give anybody a role', async () => {
    expect(await refusal(ANN)).toBe('no-admin');
    expect(await refusal(ROOT)).toBe('signed in');
    expect(await refusal(ANN)).toBe('signed in');
  });
});

describe('an answer is refused', () => {
  beforeEach(() => signIn(ROOT));
  const HOUR_S = 3600;
  const now = (): number => Math.floor(Date.now() / 1000);

  test.each<{ what: string; change: OidcServer['change']; code: string }>([
    { what: 'of another issuer', change: (claims) => ({ ...claims, iss: 'https://id.example.com' }), code: 'CLAIM' },
    { what: 'for another client', change: (claims) => ({ ...claims, aud: 'other' }), code: 'CLAIM' },
    { what: 'to another request', change: (claims) => ({ ...claims, nonce: 'x'.repeat(43) }), code: 'CLAIM' },
    { what: 'without the nonce', change: ({ nonce: _nonce, ...claims }) => claims, code: 'INVALID_RESPONSE' },
    {
      what: 'that has expired',
      change: (claims) => ({ ...claims, iat: now() - 2 * HOUR_S, exp: now() - HOUR_S }),
      code: 'TIMESTAMP',
    },
  ])('with a token $what', async ({ change, code }) => {
    provider.change = change;
    expect(await refusal(ROOT)).toBe('failed');
    const [latest] = await access.service.audit({ limit: 1 });
    expect(latest).toMatchObject({ action: 'sign-in', outcome: 'denied', actor: '(unknown)' });
    expect(latest?.detail).toContain(code);
    provider.change = (claims) => claims;
    expect(await refusal(ROOT)).toBe('signed in');
  });

  test('with a token that somebody else signed, or nobody', async () => {
    provider.forge = (token) => `${token.slice(0, -8)}AAAAAAAA`;
    expect(await refusal(ROOT)).toBe('failed');
    provider.forge = (token) => {
      const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
      return `${none}.${token.split('.')[1]}.`;
    };
    expect(await refusal(ROOT)).toBe('failed');
  });

  test('in another browser than the one that began, without a state, and the second time', async () => {
    const finish = (answer: URL, kept: string): Promise<string> =>
      (access.provider?.finish(answer, kept, HERE) ?? Promise.reject(new Error('no provider'))).then(
        () => 'signed in',
        (error: ProviderError) => error.why,
      );
    const [mine, theirs] = [await begin(), await begin()];
    expect(await finish(theirs.answer, mine.kept)).toBe('failed');
    expect(await finish(mine.answer, '')).toBe('failed');
    const stateless = new URL(mine.answer);
    stateless.searchParams.delete('state');
    expect(await finish(stateless, mine.kept)).toBe('failed');
    expect(await finish(mine.answer, mine.kept)).toBe('signed in');
    expect(await finish(mine.answer, mine.kept)).toBe('failed');
  });

  test('and 50 failures slow an address down, and no other one', async () => {
    const wrong = new URL(`${BACK}?code=x&state=y`);
    const finish = (address: string): Promise<string> =>
      (access.provider?.finish(wrong, 'a.b.c', { ...HERE, address }) ?? Promise.reject(new Error('none'))).then(
        () => 'signed in',
        (error: ProviderError) => error.code,
      );
    const codes = [];
    for (let tries = 0; tries < 51; tries++) codes.push(await finish('192.0.2.7'));
    expect([codes[49], codes[50], await finish('192.0.2.8')]).toEqual([
      'unauthorized',
      'too_many_requests',
      'unauthorized',
    ]);
  });
});

test('a provider that does not answer says so, and is asked again', async () => {
  const { issuer } = provider;
  access = await open({ issuer: 'http://localhost:1' });
  await expect(access.provider?.begin(BACK)).rejects.toMatchObject({ why: 'unreachable' });
  provider.person = ROOT;
  access = await open({ issuer });
  await expect(begin()).resolves.toBeDefined();
});

test('with passwords off, none lets anybody in, and nobody is invited to choose one', async () => {
  access = await open({ passwords: false });
  expect(access.offer()).toEqual({ way: 'provider', provider: 'ID' });
  const root = await signIn(ROOT);
  const caller = { user: root, roles: ['admin'], via: 'rest' } as const;
  const refused = { code: 'unavailable', message: 'nobody has a password here: sign in with ID' };
  await expect(access.signIn({ name: 'root', password: 'a long enough one' }, HERE)).rejects.toMatchObject(refused);
  const { code } = await access.codes.issue('set-up');
  const setUp = access.signIn({ setUp: code, name: 'eve', password: 'a long enough one' }, HERE);
  await expect(setUp).rejects.toMatchObject(refused);
  await expect(
    access.service.createUser({ name: 'eve', role: 'admin', team: 'default' }, caller),
  ).rejects.toMatchObject(refused);
  await expect(access.service.inviteUser(root.id ?? '', caller)).rejects.toMatchObject(refused);
});

test('through the server, the browser goes to the provider and comes back with a session', async () => {
  using dir = temporaryDir();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  await using id = await startOidcServer([`${url}/session/provider/answer`]);
  id.person = ROOT;
  const file = join(dir.path, 'oidc.yaml');
  writeFileSync(join(dir.path, 'client-secret'), `${id.clientSecret}\n`);
  const settings = {
    name: 'ID',
    issuer: id.issuer,
    clientId: id.clientId,
    clientSecretFile: 'client-secret',
    groups: TABLE,
  };
  writeFileSync(file, JSON.stringify(settings));
  await using server = await startServerProcess({
    dataDir: dir.path,
    env: {
      SHOPYARD_AUTH: 'required',
      SHOPYARD_OIDC_FILE: file,
      SHOPYARD_PASSWORDS: 'off',
      SHOPYARD_PORT: String(port),
    },
  });
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(new URL(path, url), { redirect: 'manual', headers });
  expect(await (await get('/session')).json()).toEqual({ way: 'provider', provider: 'ID' });
  expect((await get('/session/provider', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  const begun = await get('/session/provider');
  expect(begun.status).toBe(303);
  const cookieOf = (answer: Response, name: string): string =>
    answer.headers.getSetCookie().find((cookie) => cookie.startsWith(name)) ?? '';
  const kept = cookieOf(begun, 'shopyard-begun');
  expect(kept).toMatch(/; HttpOnly; SameSite=Lax; Max-Age=600/);
  const answer = await id.visit(begun.headers.get('location') ?? '');
  const [Cookie = ''] = kept.split(';');
  const withoutCookie = await get(answer.href);
  expect(withoutCookie.headers.get('location')).toBe('/#/sign-in?refused=failed');
  const back = await get(answer.href, { Cookie, 'Sec-Fetch-Site': 'cross-site' });
  expect([back.status, back.headers.get('location')]).toEqual([303, '/']);
  expect(cookieOf(back, 'shopyard-begun')).toContain('Max-Age=0');
  const session = cookieOf(back, `shopyard-${new URL(url).port}`);
  expect(session).toContain('SameSite=Strict');
  const me = await (await get('/me', { Cookie: session.split(';')[0] ?? '' })).json();
  expect(me).toMatchObject({ name: 'root', roles: ['admin'], by: 'session' });
  for (const secret of [id.clientSecret, session.slice(15, 50), answer.searchParams.get('code') ?? 'none'])
    expect(server.log()).not.toContain(secret);
});
