/** Access to the simulator: holders of its kubeconfig, but no web page. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Simulator, startSimulator } from '../support/simulator.ts';

let simulator: Simulator;
let origin: string;
let secret: string;

beforeAll(async () => {
  simulator = await startSimulator({ speed: 0 });
  ({ origin } = new URL(simulator.url));
  secret = new URL(simulator.url).pathname.slice(1);
  await startShop();
});
afterAll(() => simulator.close());

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A plain request; `path` is sent verbatim. */
async function ask(path: string, options: { method?: string; headers?: object; body?: string } = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = options;
  const { hostname, port } = new URL(origin);
  const outgoing = request({ hostname, port, path, method, headers: { ...headers } });
  outgoing.end(body);
  const [response] = (await Promise.race([
    once(outgoing, 'response'),
    once(outgoing, 'upgrade').then(([upgraded, socket]) => {
      (socket as { destroy(): void }).destroy();
      return [upgraded];
    }),
  ])) as [IncomingMessage];
  let text = '';
  if (response.statusCode !== 101) for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

const statusOf = async (...args: Parameters<typeof ask>): Promise<number> => (await ask(...args)).status;
const UPGRADE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  'Sec-WebSocket-Protocol': 'v4.channel.k8s.io',
};

/** One pod with a shop, and a service in front of it. */
async function startShop(): Promise<void> {
  const labels = { app: 'shop' };
  const post = (path: string, body: object): Promise<number> =>
    statusOf(`/${secret}${path}`, { method: 'POST', body: JSON.stringify(body) });
  await post('/api/v1/namespaces/default/pods', {
    metadata: { name: 'shop', labels },
    spec: { containers: [{ name: 'shop', image: 'wordpress:6' }] },
  });
  await post('/api/v1/namespaces/default/services', {
    metadata: { name: 'shop' },
    spec: { selector: labels, ports: [{ port: 80 }] },
  });
  await vi.waitFor(async () => expect(await statusOf(`/${secret}${PROXY}`)).toBe(200), 10_000);
}

const PROXY = '/api/v1/namespaces/default/services/shop:80/proxy/';
const FORWARD = '/api/v1/namespaces/default/pods/shop/portforward?ports=80';
const requests: { what: string; path: string; options?: { method?: string; headers?: object } }[] = [
  { what: 'the root', path: '/' },
  { what: 'the version', path: '/version' },
  { what: 'discovery', path: '/apis' },
  { what: 'OpenAPI', path: '/openapi/v3' },
  { what: 'metrics', path: '/metrics' },
  { what: 'an unknown path', path: '/nope' },
  { what: 'a list', path: '/api/v1/secrets' },
  { what: 'a watch', path: '/api/v1/secrets?watch=true' },
  { what: 'a log', path: '/api/v1/namespaces/default/pods/shop/log' },
  { what: 'a create', path: '/api/v1/namespaces', options: { method: 'POST' } },
  { what: 'a delete', path: '/api/v1/namespaces/default/pods/shop', options: { method: 'DELETE' } },
  { what: 'a proxy', path: PROXY },
  { what: 'a port-forward', path: FORWARD, options: { headers: UPGRADE } },
  { what: 'an upgrade of any other path', path: '/nope', options: { headers: UPGRADE } },
];

describe('without the secret', () => {
  test.each(requests)('answers 401 to $what', async ({ path, options }) => {
    expect(await statusOf(path, options)).toBe(401);
  });

  test.each([
    { what: 'another secret', guess: () => '0'.repeat(secret.length) },
    { what: 'a prefix of the secret', guess: () => secret.slice(0, -1) },
    { what: 'the secret with a suffix', guess: () => `${secret}0` },
    { what: 'the secret in capitals', guess: () => secret.replaceAll(/[a-f]/g, (letter) => letter.toUpperCase()) },
    { what: 'the secret behind another folder', guess: () => `api/${secret}` },
    { what: 'the secret behind a double slash', guess: () => `/${secret}` },
    { what: 'the secret, percent-encoded', guess: () => `%${secret.charCodeAt(0).toString(16)}${secret.slice(1)}` },
    { what: 'the secret behind a parent folder', guess: () => `${secret}x/../${secret}` },
  ])('answers 401 to $what', async ({ guess }) => {
    expect(await statusOf(`/${guess()}/api/v1/secrets`)).toBe(401);
    expect(await statusOf(`/${guess()}${FORWARD}`, { headers: UPGRADE })).toBe(401);
  });

  test('the response is a Status with reason Unauthorized', async () => {
    expect(JSON.parse((await ask('/api/v1/secrets')).text)).toMatchObject({
      kind: 'Status',
      code: 401,
      reason: 'Unauthorized',
    });
  });

  test.each(['/healthz', '/livez', '/readyz'])('%s answers', async (path) => {
    expect(await statusOf(path)).toBe(200);
    expect(await statusOf(`/${secret}${path}`)).toBe(200);
  });
});

describe('with the secret', () => {
  test('every request succeeds', async () => {
    expect(await statusOf(`/${secret}/version`)).toBe(200);
    expect(await statusOf(`/${secret}/metrics`)).toBe(200);
    expect(await statusOf(`/${secret}/api/v1/secrets`)).toBe(200);
    expect(await statusOf(`/${secret}${FORWARD}`, { headers: UPGRADE })).toBe(101);
    expect(await statusOf(`/${secret}/nope`)).toBe(404);
  });

  test.each([
    { 'Sec-Fetch-Site': 'same-origin' },
    { 'Sec-Fetch-Site': 'none' },
    { 'Sec-Fetch-Mode': 'navigate' },
    { 'Sec-Fetch-Mode': 'websocket' },
    { 'Sec-Fetch-Dest': 'iframe' },
    { 'Sec-Fetch-User': '?1' },
    { 'Sec-Fetch-Storage-Access': 'active' },
    { Origin: 'null' },
    { Origin: 'http://127.0.0.1' },
    { Host: 'evil.example' },
    { Host: '127.0.0.1.evil.example' },
  ])('answers 403 to a web page that sends %j', async (headers) => {
    for (const { path, options } of requests) {
      const sent = { ...options, headers: { ...options?.headers, ...headers } };
      expect(await statusOf(`/${secret}${path}`, sent), path).toBe(403);
    }
  });

  test("accepts Node's fetch, which sends only its mode", async () => {
    expect((await fetch(`${simulator.url}/api/v1/secrets`)).status).toBe(200);
  });

  test("a proxied page runs no script in the API's origin and can't be framed", async () => {
    const { status, headers } = await ask(`/${secret}${PROXY}`);
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toBe('sandbox');
    expect(headers['x-frame-options']).toBe('DENY');
  });
});

describe('the address', () => {
  test('differs for every cluster, with 128 random bits', async () => {
    await using other = await startSimulator({ speed: 0 });
    expect(secret).toMatch(/^[0-9a-f]{32}$/);
    expect(new URL(other.url).pathname).not.toBe(`/${secret}`);
    expect(other.kubeconfig).toContain(`server: ${other.url}\n`);
  });

  test('survives a restart of the cluster', async () => {
    const first = await startSimulator({ speed: 0 });
    await first.close();
    await using second = await startSimulator({ speed: 0, url: first.url });
    expect(second.url).toBe(first.url);
    expect(second.kubeconfig).toBe(first.kubeconfig);
  });

  test('gets a new port and secret if the port is taken', async () => {
    const first = await startSimulator({ speed: 0 });
    await first.close();
    const thief = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    await once(thief, 'listening');
    try {
      await using second = await startSimulator({ speed: 0, url: first.url });
      expect(new URL(second.url).port).not.toBe(String((thief.address() as AddressInfo).port));
      expect(new URL(second.url).pathname).not.toBe(new URL(first.url).pathname);
    } finally {
      thief.close();
    }
  });
});
