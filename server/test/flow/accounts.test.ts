/** Accounts: the first one, and what it changes for whoever came in before. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type ServerProcess, startServerProcess, temporaryDir } from '@shopyard/testkit';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PASSWORD = 'a long enough one';
const run = promisify(execFile);

const post = (url: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
const cookieOf = (answer: Response): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const statusOf = async (answer: Promise<Response>): Promise<number> => (await answer).status;

/** The code that a connection was closed with. */
async function withinASecond(closed: Promise<unknown[]>): Promise<unknown> {
  const late = new Promise<string[]>((resolve) => setTimeout(resolve, 1000, ['still open after a second']).unref());
  return (await Promise.race([closed, late]))[0];
}

async function signIn({ url }: ServerProcess, body: object): Promise<Record<string, string>> {
  return { Cookie: cookieOf(await post(`${url}/session`, body)), Origin: url };
}

describe('on loopback', () => {
  test('the first account ends the open door and its connections; the token beside the data stays good', async () => {
    using dir = temporaryDir();
    await using server = await startServerProcess({ dataDir: dir.path });
    const { url } = server;
    expect(await (await fetch(`${url}/session`)).json()).toEqual({ way: 'nothing' });
    expect(await (await fetch(`${url}/me`)).json()).toEqual({
      name: 'local',
      roles: ['admin'],
      teams: {},
      by: 'open',
      account: false,
    });
    const socket = new WebSocket(`${url.replace('http', 'ws')}/trpc`);
    await once(socket, 'open');
    const closed = once(socket, 'close');

    const { stdout } = await run(process.execPath, [join(ROOT, 'scripts/src/set-up.ts')], {
      env: { ...process.env, SHOPYARD_URL: url },
    });
    const setUp = /#\/set-up\?code=([\w-]+)/.exec(stdout)?.[1] ?? '';
    const created = await post(`${url}/session`, { setUp, name: 'ann', password: PASSWORD });
    expect(created.status).toBe(204);
    expect(await withinASecond(closed)).toBe(4401);
    const ann = { Cookie: cookieOf(created), Origin: url };
    expect(await (await fetch(`${url}/me`, { headers: ann })).json()).toMatchObject({
      name: 'ann',
      by: 'session',
      account: true,
    });
    expect(await statusOf(fetch(`${url}/stores`))).toBe(401);
    expect(await (await fetch(`${url}/session`)).json()).toEqual({ way: 'password' });
    const token = readFileSync(join(dir.path, 'cli-token'), 'utf8').trim();
    expect(await statusOf(fetch(`${url}/stores`, { headers: { Authorization: `Bearer ${token}` } }))).toBe(200);

    // Whoever is invited may do what their role may.
    const invited = await post(`${url}/users`, { name: 'bob', role: 'viewer' }, ann);
    const { code } = (await invited.json()) as { code: string };
    const bob = await signIn(server, { invitation: code, password: PASSWORD });
    expect(await statusOf(fetch(`${url}/stores`, { headers: bob }))).toBe(200);
    const create = (headers: Record<string, string>): Promise<number> =>
      statusOf(post(`${url}/stores`, { name: 'mugs' }, headers));
    expect(await create(bob)).toBe(403);
    expect(await statusOf(fetch(`${url}/users`, { headers: bob }))).toBe(403);

    // A subscription ends within a second of what allowed it.
    const watching = new WebSocket(`${url.replace('http', 'ws')}/trpc`, { headers: bob });
    await once(watching, 'open');
    watching.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'stores.watch', input: {} } }));
    await once(watching, 'message');
    const changed = once(watching, 'close');
    const change = { method: 'POST', headers: ann, body: JSON.stringify({ name: 'bob', role: 'operator' }) };
    expect(await statusOf(fetch(`${url}/teams/default/members`, change))).toBe(200);
    expect(await withinASecond(changed)).toBe(4403);
    expect(await create(bob)).toBe(202);

    // A session that somebody else put into this browser ends with the sign-in, which has another one.
    const planted = cookieOf(await post(`${url}/session`, { name: 'bob', password: PASSWORD }));
    const own = cookieOf(
      await post(`${url}/session`, { name: 'ann', password: PASSWORD }, { Cookie: planted, Origin: url }),
    );
    expect(own).not.toBe(planted);
    expect(await statusOf(fetch(`${url}/me`, { headers: { Cookie: planted, Origin: url } }))).toBe(401);
    const chosen = `shopyard-${new URL(url).port}=${'x'.repeat(43)}`;
    await post(`${url}/session`, { name: 'ann', password: PASSWORD }, { Cookie: chosen, Origin: url });
    expect(await statusOf(fetch(`${url}/me`, { headers: { Cookie: chosen, Origin: url } }))).toBe(401);

    const wrong = { name: 'bob', password: 'not that one' };
    for (let tries = 0; tries < 5; tries++) expect(await statusOf(post(`${url}/session`, wrong))).toBe(401);
    const refused = await post(`${url}/session`, wrong);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    for (const secret of [PASSWORD, setUp, code, cookieOf(created).split('=')[1] ?? 'none'])
      expect(server.log()).not.toContain(secret);
  });

  test('whoever has lost the last administrator gets another password on the stopped server', async () => {
    using dir = temporaryDir();
    const server = await startServerProcess({ dataDir: dir.path });
    const { code: setUp } = (await (await post(`${server.url}/set-up-codes`, {})).json()) as { code: string };
    const ann = await signIn(server, { setUp, name: 'ann', password: PASSWORD });
    const reset = (): Promise<{ stdout: string }> =>
      run(process.execPath, [join(ROOT, 'server/src/reset-admin.ts')], {
        env: { ...process.env, SHOPYARD_DATA_DIR: dir.path },
      });
    await expect(reset()).rejects.toThrow(/another|in use|running/i);
    await server.stop();
    const invitation = /#\/invitation\?code=([\w-]+)/.exec((await reset()).stdout)?.[1] ?? '';
    await using again = await startServerProcess({ dataDir: dir.path });
    expect(await statusOf(fetch(`${again.url}/stores`, { headers: ann }))).toBe(401);
    const headers = await signIn(again, { invitation, password: 'quite another one' });
    expect(await (await fetch(`${again.url}/me`, { headers })).json()).toMatchObject({ name: 'ann', roles: ['admin'] });
  });
});

test('the first account is created with the code that the operator gives, which the server never shows', async () => {
  using dir = temporaryDir();
  const file = join(dir.path, 'given');
  const given = 'c'.repeat(43);
  writeFileSync(file, `${given}\n`);
  const env = { SHOPYARD_AUTH: 'required', SHOPYARD_HOST: '0.0.0.0', SHOPYARD_SET_UP_CODE_FILE: file };
  const start = (): Promise<ServerProcess> => startServerProcess({ dataDir: dir.path, env });
  const setUp = ({ url }: ServerProcess, name: string): Promise<Response> =>
    post(`${url}/session`, { setUp: given, name, password: PASSWORD });
  {
    await using server = await start();
    expect(existsSync(join(dir.path, 'setup-token'))).toBe(false);
    expect(await statusOf(setUp(server, 'ann'))).toBe(204);
    expect(server.log()).not.toContain(given);
  }
  await using again = await start();
  expect(await statusOf(setUp(again, 'eve'))).toBe(401);
});

test('a given code that could be guessed, or is missing, stops the start', async () => {
  using dir = temporaryDir();
  const file = join(dir.path, 'given');
  const start = async (): Promise<void> => {
    const env = { SHOPYARD_AUTH: 'required', SHOPYARD_HOST: '0.0.0.0', SHOPYARD_SET_UP_CODE_FILE: file };
    await (await startServerProcess({ dataDir: dir.path, env })).stop();
  };
  await expect(start()).rejects.toThrow(/SHOPYARD_SET_UP_CODE_FILE must name a file, and there is no/);
  writeFileSync(file, 'short');
  await expect(start()).rejects.toThrow(/must name a file with 32 to 200 letters/);
});

test.each(['0.0.0.0', '::'])(
  'required on %s, nothing but the set-up is served until there is an account',
  async (host) => {
    using dir = temporaryDir();
    await using server = await startServerProcess({
      dataDir: dir.path,
      env: { SHOPYARD_AUTH: 'required', SHOPYARD_HOST: host },
    });
    const { url } = server;
    for (const path of ['/stores', '/platform', '/me', '/users', '/metrics', '/openapi.json', '/trpc/stores.list'])
      expect(await statusOf(fetch(url + path)), path).toBe(401);
    expect(await (await fetch(`${url}/session`)).json()).toEqual({ way: 'set-up' });
    expect(server.log()).toContain('travel unencrypted');
    // The token of this machine's programs opens nothing to others.
    expect(existsSync(join(dir.path, 'cli-token'))).toBe(false);
    const file = join(dir.path, 'setup-token');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const setUp = readFileSync(file, 'utf8').trim();
    const set = (code: string): Promise<Response> =>
      post(`${url}/session`, { setUp: code, name: 'ann', password: PASSWORD });
    expect(await statusOf(set('x'.repeat(43)))).toBe(401);
    const created = await set(setUp);
    expect(created.status).toBe(204);
    expect(await statusOf(set(setUp))).toBe(401);
    expect(await statusOf(fetch(`${url}/stores`, { headers: { Cookie: cookieOf(created) } }))).toBe(200);
  },
);
