/** SHOPYARD_AUTH=required: on this machine, too, callers say who they are. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { connect, type ServerProcess, startServerProcess, temporaryDir } from '@shopyard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';

const SCRIPTS = fileURLToPath(new URL('../../../scripts/src', import.meta.url));
const run = promisify(execFile);
const dir = temporaryDir();
let server: ServerProcess;
let token = '';
beforeAll(async () => {
  server = await start();
  token = readFileSync(join(dir.path, 'cli-token'), 'utf8').trim();
});
afterAll(async () => {
  await server.stop();
  dir[Symbol.dispose]();
});

const start = (): Promise<ServerProcess> =>
  startServerProcess({ dataDir: dir.path, env: { SHOPYARD_AUTH: 'required' } });
const withToken = (): Record<string, string> => ({ Authorization: `Bearer ${token}` });
const call = (path: string, init: RequestInit = {}): Promise<Response> => fetch(server.url + path, init);

async function newCode(): Promise<string> {
  const answer = await call('/sign-in-codes', { method: 'POST', headers: withToken() });
  return ((await answer.json()) as { code: string }).code;
}

const signIn = (code: string, headers: Record<string, string> = {}): Promise<Response> =>
  call('/session', { method: 'POST', headers, body: JSON.stringify({ code }) });

async function newCookie(): Promise<string> {
  const [cookie = ''] = (await signIn(await newCode())).headers.getSetCookie();
  return cookie.split(';')[0] ?? '';
}

/** Opens a WebSocket; resolves with it, or with the code that it was closed with. */
async function dial(headers: Record<string, string>): Promise<WebSocket | number> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/trpc`, { headers });
  const closed = once(socket, 'close').then(([code]: number[]) => code ?? 0);
  const asked = once(socket, 'open').then(() => {
    socket.send(JSON.stringify({ id: 1, jsonrpc: '2.0', method: 'query', params: { path: 'platform.get' } }));
    return once(socket, 'message').then(() => socket);
  });
  asked.catch(() => undefined);
  return Promise.race([asked, closed]);
}

describe('a program', () => {
  test('is 401 without the token on everything but health and the dashboard, and says how to sign in', async () => {
    for (const path of ['/stores', '/platform', '/metrics', '/openapi.json', '/trpc/stores.list', '/stores/x/logs'])
      expect([401, 404], path).toContain((await call(path)).status);
    const { error } = (await (await call('/stores')).json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('unauthorized');
    expect(error.message).toContain('npm run sign-in');
    expect((await call('/healthz')).status).toBe(200);
    expect(await (await call('/readyz')).json()).not.toHaveProperty('missing');
    expect(await dial({})).toBe(4401);
  });

  test('does everything with the token, which only its user can read', async () => {
    expect(statSync(join(dir.path, 'cli-token')).mode & 0o777).toBe(0o600);
    expect(token.length).toBeGreaterThanOrEqual(43);
    expect((await call('/stores', { headers: withToken() })).status).toBe(200);
    expect((await call('/stores', { headers: { Authorization: `Bearer ${token}x` } })).status).toBe(401);
    const socket = await dial(withToken());
    expect(socket).toBeInstanceOf(WebSocket);
    if (socket instanceof WebSocket) socket.terminate();
    await using api = connect(server.url, token);
    expect(await api.trpc.stores.list.query()).toMatchObject({ stores: [] });
  });

  test('such as our scripts finds the token beside the data, or takes the one that it is given', async () => {
    const list = (env: Record<string, string>): Promise<{ stdout: string }> =>
      run(process.execPath, [join(SCRIPTS, 'list-stores.ts')], {
        env: { ...process.env, SHOPYARD_URL: server.url, SHOPYARD_DATA_DIR: '/nowhere', ...env },
      });
    expect((await list({ SHOPYARD_DATA_DIR: dir.path })).stdout).toContain('No stores yet');
    expect((await list({ SHOPYARD_TOKEN: token })).stdout).toContain('No stores yet');
    await expect(list({})).rejects.toThrow(/npm run sign-in/);
  });
});

describe('a browser', () => {
  test('is signed in once by a code, and stays so by a cookie that no script can read', async () => {
    const code = await newCode();
    const answer = await signIn(code);
    expect(answer.status).toBe(204);
    const [cookie = ''] = answer.headers.getSetCookie();
    const { port } = new URL(server.url);
    expect(cookie).toMatch(
      new RegExp(`^shopyard-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=604800$`),
    );
    const used = await signIn(code);
    expect(used.status).toBe(401);
    expect(used.headers.getSetCookie()).toEqual([]);
    expect((await signIn('x'.repeat(43))).status).toBe(401);
    expect((await call('/session', { method: 'POST', body: '{}' })).status).toBe(400);
  });

  test('reads with the cookie, and changes something only from our own page', async () => {
    const cookie = await newCookie();
    expect((await call('/stores', { headers: { Cookie: cookie } })).status).toBe(200);
    const change = (headers: Record<string, string>): Promise<Response> =>
      call('/stores/st_none/retry', { method: 'POST', headers: { Cookie: cookie, ...headers } });
    expect((await change({ Origin: server.url })).status).toBe(404);
    expect((await change({})).status).toBe(403);
    expect((await change({ Origin: 'http://alpha.localhost:3000' })).status).toBe(403);
    expect((await change({ Origin: server.url, 'Sec-Fetch-Site': 'same-site' })).status).toBe(403);
    expect((await change({ Origin: server.url, ...withToken() })).status).toBe(400);
    const socket = await dial({ Cookie: cookie, Origin: server.url });
    expect(socket).toBeInstanceOf(WebSocket);
    if (socket instanceof WebSocket) socket.terminate();
  });

  test('gets another session with each sign-in, so that nobody can give it one beforehand', async () => {
    const before = await newCookie();
    const [cookie = ''] = (await signIn(await newCode(), { Cookie: before })).headers.getSetCookie();
    expect(cookie.split(';')[0]).not.toBe(before);
    expect((await call('/stores', { headers: { Cookie: before } })).status).toBe(401);
  });

  test('loses its connections within a second of signing out', async () => {
    const cookie = await newCookie();
    const socket = await dial({ Cookie: cookie, Origin: server.url });
    if (!(socket instanceof WebSocket)) throw new Error(`closed with ${socket}`);
    const closed = once(socket, 'close');
    const out = await call('/session', { method: 'DELETE', headers: { Cookie: cookie, Origin: server.url } });
    expect(out.headers.getSetCookie()[0]).toContain('Max-Age=0');
    const late = new Promise<string[]>((resolve) => setTimeout(resolve, 1000, ['still open']).unref());
    expect((await Promise.race([closed, late]))[0]).toBe(4401);
    expect((await call('/stores', { headers: { Cookie: cookie } })).status).toBe(401);
  });
});

test('sessions and the token outlive a restart, and no secret is in the log', async () => {
  const code = await newCode();
  const [cookie = ''] = (await signIn(code)).headers.getSetCookie();
  const session = cookie.split(';')[0] ?? '';
  const said = server.log();
  await server.stop();
  server = await start();
  expect((await call('/stores', { headers: { Cookie: session } })).status).toBe(200);
  expect((await call('/stores', { headers: withToken() })).status).toBe(200);
  for (const secret of [code, token, session.split('=')[1] ?? 'none'])
    expect(said + server.log()).not.toContain(secret);
});
