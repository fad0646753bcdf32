/** Access to the server: listening addresses, accepted host names, authentication. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { freePort, programOf, SERVER, startServerProcess, temporaryDir } from '@shopyard/testkit';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { exchange, upgradeRequest } from '../support/raw-connection.ts';

const SECRET = 'correct horse battery staple 0123456789';
const PROXY = { SHOPYARD_AUTH: 'proxy', SHOPYARD_AUTH_SECRET: SECRET };

/** Runs the server until it exits by itself. */
async function refusedStart(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  using dir = temporaryDir();
  const child = spawn(process.execPath, [programOf(SERVER)], {
    env: { ...process.env, SHOPYARD_PORT: '0', SHOPYARD_DATA_DIR: dir.path, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 30_000,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

const ask = (port: number, path: string, headers: string, method = 'GET'): Promise<string> =>
  exchange({ port }, `${method} ${path} HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`);
const statusOf = async (...request: Parameters<typeof ask>): Promise<number> =>
  Number((await ask(...request)).split(' ')[1]);

describe('off loopback', () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address && !address.internal && address.family === 'IPv4')?.address;
  test.each(['0.0.0.0', '::', ...(outside === undefined ? [] : [outside])])(
    'SHOPYARD_HOST=%s without an account exits with one sentence that lists the remedies',
    async (host) => {
      const { code, said } = await refusedStart({ SHOPYARD_HOST: host });
      expect(code).toBe(1);
      expect(said.trim().split('\n')).toHaveLength(1);
      expect(said).toContain(`SHOPYARD_HOST=${host}`);
      for (const way of ['127.0.0.1', 'SHOPYARD_AUTH=required', 'SHOPYARD_AUTH=proxy', 'SHOPYARD_INSECURE_NO_AUTH=1'])
        expect(said).toContain(way);
    },
  );

  test('rejects a host that is not an address of this machine, in one sentence', async () => {
    const { code, said } = await refusedStart({ SHOPYARD_HOST: 'no.such.host.invalid' });
    expect(code).toBe(1);
    expect(said.trim()).toBe('shopyard: SHOPYARD_HOST=no.such.host.invalid is not an address of this machine');
  });

  test('the insecure switch permits startup, warns in log and dashboard, and still refuses foreign names', async () => {
    using dir = temporaryDir();
    await using server = await startServerProcess({
      dataDir: dir.path,
      env: { SHOPYARD_HOST: '0.0.0.0', SHOPYARD_INSECURE_NO_AUTH: '1' },
    });
    const port = Number(new URL(server.url).port);
    expect(server.log()).toContain('SHOPYARD_INSECURE_NO_AUTH=1: everybody who reaches 0.0.0.0 is an administrator');
    expect(await (await fetch(`${server.url}/platform`)).json()).toMatchObject({ insecure: true });
    expect(await statusOf(port, '/stores', 'Host: evil.example')).toBe(403);
    expect(await statusOf(port, '/stores', `Host: 10.99.99.99:${port}`)).toBe(403);
    if (outside !== undefined) expect((await fetch(`http://${outside}:${port}/stores`)).status).toBe(200);
  });
});

describe('on loopback', () => {
  test.each(['LOCALHOST', '127.0.0.2', '::1', '::ffff:127.0.0.1'])(
    'SHOPYARD_HOST=%s starts without further settings and refuses foreign names',
    async (host) => {
      using dir = temporaryDir();
      await using server = await startServerProcess({ dataDir: dir.path, env: { SHOPYARD_HOST: host } });
      expect((await fetch(`${server.url}/stores`)).status).toBe(200);
      const { hostname, port } = new URL(server.url);
      const { request } = await import('node:http');
      const status = await new Promise((resolve) => {
        const target = { hostname: hostname.replace(/^\[|\]$/g, ''), port, path: '/stores' };
        request({ ...target, headers: { Host: 'evil.example' } }, (res) => resolve(res.statusCode)).end();
      });
      expect(status).toBe(403);
    },
  );

  test('behind a TLS proxy, one setting allows the public name and Origin; the log says who is administrator', async () => {
    using dir = temporaryDir();
    await using server = await startServerProcess({
      dataDir: dir.path,
      env: { SHOPYARD_URL: 'https://shopyard.example.com' },
    });
    const port = Number(new URL(server.url).port);
    expect(server.url).toBe(`http://localhost:${port}`);
    expect(server.log()).toContain('whoever the proxy at https://shopyard.example.com lets in is an administrator');
    const ours = 'Host: shopyard.example.com';
    expect(await statusOf(port, '/stores', ours)).toBe(200);
    const create = (origin: string, host = ours): Promise<number> =>
      statusOf(port, '/stores/nope/retry', `${host}\r\nOrigin: ${origin}\r\nContent-Length: 0`, 'POST');
    expect(await create('https://shopyard.example.com')).toBe(404);
    expect(await create('https://shopyard.example.com', `Host: 127.0.0.1:${port}`)).toBe(404);
    expect(await create('https://evil.example')).toBe(403);
    const upgrade = (origin: string): Promise<string> =>
      exchange({ port }, upgradeRequest('/trpc', { Host: 'shopyard.example.com', Origin: origin }), 500);
    expect(await upgrade('https://shopyard.example.com')).toContain(' 101 ');
    expect(await upgrade('https://evil.example')).toContain(' 403 ');
  });

  test('refuses data but not the page to other sites; every response has the security headers', async () => {
    using dir = temporaryDir();
    await using server = await startServerProcess({ dataDir: dir.path });
    const port = Number(new URL(server.url).port);
    const cross = 'Host: localhost\r\nSec-Fetch-Site: cross-site';
    for (const path of ['/stores', '/trpc/stores.list', '/platform', '/metrics', '/openapi.json'])
      expect(await statusOf(port, path, cross), path).toBe(403);
    expect(await statusOf(port, '/healthz', cross)).toBe(200);
    expect(await statusOf(port, '/', cross)).not.toBe(403);
    const answers = [
      await ask(port, '/stores', 'Host: localhost'),
      await ask(port, '/trpc/stores.list', 'Host: localhost'),
      await ask(port, '/', 'Host: localhost'),
      await ask(port, '/icon.svg', 'Host: localhost'),
      await ask(port, '/nowhere', 'Host: localhost'),
      await ask(port, '/stores', 'Host: evil.example'),
      await ask(port, '/stores', cross),
      await ask(port, '/healthz', 'Host: evil.example'),
      await ask(port, '/', 'Host: nobody.localhost'),
      await exchange({ port }, 'no request\r\n\r\n'),
      await exchange({ port }, upgradeRequest('/nope', { Host: 'localhost' })),
    ];
    for (const answer of answers) {
      const line = answer.split('\r\n')[0];
      expect(answer, line).toMatch(/x-content-type-options: nosniff/i);
      expect(answer, line).toMatch(/cross-origin-resource-policy: same-origin/i);
      expect(answer, line).toMatch(/cross-origin-opener-policy: same-origin/i);
      expect(answer, line).toMatch(/referrer-policy: no-referrer/i);
      expect(answer, line).toMatch(/permissions-policy: camera=\(\)/i);
      expect(answer, line).toMatch(/content-security-policy: default-src '(?:none|self)'/i);
    }
    expect(answers[1]).toMatch(/cache-control: no-store/i);
  });
});

test('behind an authenticating proxy, attributes each call to its user and refuses everyone else', async () => {
  using dir = temporaryDir();
  const healthPort = await freePort();
  await using server = await startServerProcess({
    dataDir: dir.path,
    env: { ...PROXY, SHOPYARD_HOST: '0.0.0.0', SHOPYARD_HEALTH_PORT: String(healthPort) },
  });
  const port = Number(new URL(server.url).port);
  const signedIn = { 'X-Shopyard-Proxy-Secret': SECRET, 'X-Forwarded-User': 'ann' };
  for (const path of [
    '/stores',
    '/stores/x',
    '/platform',
    '/openapi.json',
    '/trpc/stores.list',
    '/trpc/stores.list,platform.get?batch=1',
  ])
    for (const headers of [{}, { 'X-Forwarded-User': 'ann' }, { ...signedIn, 'X-Shopyard-Proxy-Secret': 'guess' }]) {
      const answer = await fetch(server.url + path, { headers });
      expect(answer.status, path).toBe(401);
      expect(await answer.text()).toContain('unauthorized');
    }
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${server.url}/stores`, { headers: signedIn })).status).toBe(200);

  const created = await fetch(`${server.url}/stores`, { method: 'POST', headers: signedIn, body: '{"name":"hers"}' });
  expect(await created.json()).toMatchObject({ createdBy: 'ann' });
  const keyed = async (user: string, name: string): Promise<unknown> => {
    const headers = { ...signedIn, 'X-Forwarded-User': user, 'Idempotency-Key': 'the-same' };
    return (await fetch(`${server.url}/stores`, { method: 'POST', headers, body: JSON.stringify({ name }) })).json();
  };
  expect(await keyed('ann', 'of-ann')).toMatchObject({ name: 'of-ann' });
  expect(await keyed('bob', 'of-bob')).toMatchObject({ name: 'of-bob' });

  const closed = new WebSocket(`${server.url.replace('http', 'ws')}/trpc`);
  const [code, reason] = (await once(closed, 'close')) as [number, Buffer];
  expect({ code, reason: reason.toString() }).toEqual({
    code: 4401,
    reason: 'Sign in through the proxy in front of Shopyard.',
  });
  const open = new WebSocket(`${server.url.replace('http', 'ws')}/trpc`, { headers: signedIn });
  await once(open, 'open');
  open.terminate();

  // Shop visitors don't sign in, so a closed address must not reveal which stores exist.
  const closedShops = await Promise.all(
    ['hers', 'nobody'].map(async (name) => {
      const answer = await ask(port, '/', `Host: ${name}.localhost`);
      return answer.replace(/^date: .*$/im, '');
    }),
  );
  expect(closedShops[0]).toMatch(/^HTTP\/1\.1 503 [^]*No shop is open here/);
  expect(closedShops[1]).toBe(closedShops[0]);
  expect(Object.keys((await (await fetch(`${server.url}/readyz`)).json()) as object)).toEqual(['status']);

  // Probes and Prometheus have their own port, which serves nothing else.
  for (const path of ['/healthz', '/metrics'])
    expect(await statusOf(healthPort, path, 'Host: 10.1.2.3:3001'), path).toBe(200);
  for (const path of ['/stores', '/', '/trpc/stores.list'])
    expect(await statusOf(healthPort, path, 'Host: localhost'), path).toBe(404);
  expect(await statusOf(port, '/metrics', 'Host: localhost\r\nX-Forwarded-User: ann')).not.toBe(200);
  expect((await fetch(`${server.url}/metrics`, { headers: signedIn })).status).toBe(404);
});
