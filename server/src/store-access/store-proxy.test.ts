/** The proxy over real sockets, in front of stores that hang up or answer with arbitrary bytes. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Store } from '@shopyard/contracts';
import { engines } from '@shopyard/engines';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { exchange, upgradeRequest } from '../../test/support/raw-connection.ts';
import { createStoreAgents } from './store-agents.ts';
import { WebSocket, WebSocketServer } from 'ws';
import { onUpgrade } from '../kit/on-upgrade.ts';
import { proxyRequest, proxyUpgrade, type StoreAccess } from './store-proxy.ts';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));
const POD = { name: 'wordpress-1', component: 'wordpress', ready: true, terminating: false } as never;
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.closeAllConnections();
});

async function listening(server: Server): Promise<number> {
  open.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Serves one request per connection and silently hangs up on the second, as a keep-alive timeout does. */
async function shop(): Promise<{ port: number; served: string[] }> {
  const served: string[] = [];
  const used = new Set<Socket>();
  const server = createServer((req: IncomingMessage, res) => {
    if (used.has(req.socket)) return void req.socket.destroy();
    used.add(req.socket);
    served.push(req.method ?? '');
    req.resume();
    req.once('end', () => res.end('a page'));
  });
  return { port: await listening(server), served };
}

test('survives a kept connection that the store closed, and sends no order twice', async () => {
  const { port, served } = await shop();
  const agents = createStoreAgents({
    engines,
    dial: () => Promise.resolve(connect(port, '127.0.0.1')),
    podsOf: () => [POD],
  });
  const store = { id: 'st_1', name: 'alpha', namespace: 'store-alpha', engine: 'woocommerce' } as Store;
  const access = { find: () => store, agentFor: agents.agentFor };
  const proxy = await listening(createServer((req, res) => proxyRequest(access, req, res)));
  const ask = async (method: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${proxy}/`, { method, ...(method === 'POST' ? { body: 'x' } : {}) })).status;

  for (const method of ['GET', 'GET', 'POST', 'HEAD', 'POST', 'GET']) expect(await ask(method), method).toBe(200);
  expect(served).toEqual(['GET', 'GET', 'POST', 'HEAD', 'POST', 'GET']);
  agents.close();
});

test('says that a suspended shop is closed, to people as a page and to machines as text, though its pods still end', async () => {
  const { port, served } = await shop();
  const dial = (): Promise<Socket> => Promise.resolve(connect(port, '127.0.0.1'));
  const agents = createStoreAgents({ engines, dial, podsOf: () => [POD] });
  const store = {
    id: 'st_1',
    name: 'alpha',
    namespace: 'store-alpha',
    engine: 'woocommerce',
    suspended: true,
  } as Store;
  const access = { find: () => store, agentFor: agents.agentFor };
  const proxy = await listening(createServer((req, res) => proxyRequest(access, req, res)));
  const ask = async (accept: string, method = 'GET'): Promise<[number, ...(string | null)[]]> => {
    const answer = await fetch(`http://127.0.0.1:${proxy}/`, { method, headers: { accept } });
    const { headers, status } = answer;
    return [status, headers.get('retry-after'), headers.get('content-type'), (await answer.text()).slice(0, 35)];
  };
  expect(await ask('text/html,*/*')).toEqual([
    503,
    '300',
    'text/html; charset=utf-8',
    expect.stringContaining('<!doctype'),
  ]);
  const plain = [503, '300', 'text/plain; charset=utf-8', 'This shop is closed at the moment.\n'];
  expect(await ask('application/json')).toEqual(plain);
  expect(await ask('*/*', 'POST')).toEqual(plain);
  expect(served).toEqual([]);
  agents.close();
});

test("passes a store's WebSocket through in both directions", async () => {
  const backend = createServer();
  const echo = new WebSocketServer({ server: backend });
  echo.on('connection', (socket, req) => {
    socket.send(`hello ${req.headers.host}`);
    socket.on('message', (data: Buffer) => socket.send(data.toString().toUpperCase()));
  });
  const port = await listening(backend);
  const agents = createStoreAgents({
    engines,
    dial: () => Promise.resolve(connect(port, '127.0.0.1')),
    podsOf: () => [POD],
  });
  const access = {
    find: () => ({ id: 'st_1', namespace: 'store-alpha', engine: 'woocommerce' }) as Store,
    agentFor: agents.agentFor,
  };
  const proxy = createServer();
  onUpgrade(proxy, (upgrade) => proxyUpgrade(access, upgrade));
  const client = new WebSocket(`ws://127.0.0.1:${await listening(proxy)}/`, { headers: { Host: 'alpha.localhost' } });
  const messages: string[] = [];
  client.on('message', (data: Buffer) => messages.push(data.toString()));
  await once(client, 'open');
  client.send('a mug');
  await expect.poll(() => messages).toEqual(['hello alpha.localhost', 'A MUG']);
  client.terminate();
  echo.close();
  agents.close();
});

interface HostileStore {
  proxy: number;
  /** Heads of the requests that reached the store. */
  asked: string[];
}

/** Starts a proxy in front of a store that answers every request with these bytes. */
async function storeAnswering(answer: Buffer | string, access: Partial<StoreAccess> = {}): Promise<HostileStore> {
  const asked: string[] = [];
  const raw = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      asked.push(chunk.toString('latin1'));
      socket.end(answer);
    });
  });
  raw.listen(0, '127.0.0.1');
  await once(raw, 'listening');
  const { port } = raw.address() as AddressInfo;
  const agents = createStoreAgents({
    engines,
    dial: () => Promise.resolve(connect(port, '127.0.0.1')),
    podsOf: () => [POD],
  });
  const store = {
    id: 'st_1',
    name: 'alpha',
    namespace: 'store-alpha',
    engine: 'woocommerce',
    phase: 'Ready',
    conditions: [],
  };
  const whole = { find: () => store as unknown as Store, agentFor: agents.agentFor, ...access };
  const server = createServer((req, res) => proxyRequest(whole, req, res));
  onUpgrade(server, (upgrade) => proxyUpgrade(whole, upgrade));
  onTestFinished(() => {
    raw.close();
    agents.close();
  });
  return { proxy: await listening(server), asked };
}

const HEAD = 'Host: alpha.localhost\r\n';
const get = (proxy: number, path = '/', headers = ''): Promise<string> =>
  exchange({ port: proxy }, `GET ${path} HTTP/1.1\r\n${HEAD}${headers}Connection: close\r\n\r\n`, 2000);

const ANSWERS: { what: string; answer: string; status: number }[] = [
  { what: 'status 000', answer: 'HTTP/1.1 000 x\r\nContent-Length: 0\r\n\r\n', status: 502 },
  { what: 'status 099', answer: 'HTTP/1.1 099 x\r\nContent-Length: 0\r\n\r\n', status: 502 },
  { what: 'status 600', answer: 'HTTP/1.1 600 x\r\nContent-Length: 0\r\n\r\n', status: 502 },
  { what: 'status 999', answer: 'HTTP/1.1 999 x\r\nContent-Length: 0\r\n\r\n', status: 502 },
  { what: 'status 100 alone', answer: 'HTTP/1.1 100 Continue\r\n\r\n', status: 502 },
  { what: 'status 103 alone', answer: 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n', status: 502 },
  {
    what: 'status 103, then an answer',
    answer: 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
    status: 200,
  },
  {
    what: 'status 101 without a request for it',
    answer: 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nbytes',
    status: 502,
  },
  { what: '204 with a body', answer: 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello', status: 204 },
  { what: '304 with a body', answer: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello', status: 304 },
  { what: 'something other than HTTP', answer: '\u0000\u0001\u0002 nothing\r\n\r\n', status: 502 },
  { what: 'nothing', answer: '', status: 502 },
  { what: 'half a header', answer: 'HTTP/1.1 200 OK\r\nContent-Le', status: 502 },
  { what: '20 kB of headers', answer: `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, status: 502 },
  {
    what: 'Content-Length beside Transfer-Encoding',
    answer: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    status: 502,
  },
  {
    what: 'two Content-Lengths',
    answer: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokk',
    status: 502,
  },
  { what: 'a header with a line break', answer: 'HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n', status: 502 },
];

test.each(ANSWERS)('answers $status when the store sends $what, and keeps working', async ({ answer, status }) => {
  const { proxy } = await storeAnswering(answer);
  const text = await get(proxy);
  expect(text.split('\r\n')[0]).toContain(`HTTP/1.1 ${status} `);
  expect((await get(proxy)).split('\r\n')[0]).toContain(`HTTP/1.1 ${status} `);
  if (status === 204) expect(text.toLowerCase()).not.toContain('content-length');
});

test.each(ANSWERS.filter(({ what }) => !what.startsWith('status 101')))(
  'refuses an upgrade that the store answers with $what',
  async ({ answer, status }) => {
    const { proxy } = await storeAnswering(answer);
    const text = await exchange({ port: proxy }, upgradeRequest('/', { Host: 'alpha.localhost' }), 2000);
    expect(text.split('\r\n')[0]).toContain(`HTTP/1.1 ${status} `);
  },
);

test('forwards or refuses every byte in a path or header', async () => {
  const { proxy, asked } = await storeAnswering('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  for (let code = 0; code < 256; code++) {
    const byte = Buffer.from([code]);
    const start = Buffer.from('GET /a');
    const end = Buffer.from(`b HTTP/1.1\r\n${HEAD}Connection: close\r\n\r\n`);
    const inPath = await exchange({ port: proxy }, Buffer.concat([start, byte, end]), 1000);
    expect(inPath, `byte ${code} in a path`).toMatch(/^HTTP\/1\.1 (?:200|400) /);
    const head = Buffer.from(`GET / HTTP/1.1\r\n${HEAD}Connection: close\r\nX-Byte: a`);
    const inHeader = await exchange({ port: proxy }, Buffer.concat([head, byte, Buffer.from('b\r\n\r\n')]), 1000);
    expect(inHeader, `byte ${code} in a header`).toMatch(/^HTTP\/1\.1 (?:200|400) /);
  }
  expect(asked.length).toBeGreaterThan(256);
});

test("hides the client's forwarding claims and the proxy's own headers from the store", async () => {
  const { proxy, asked } = await storeAnswering('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', {
    withheld: ['x-shopyard-proxy-secret', 'remote-user'],
  });
  const claims = [
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-For: 10.0.0.1',
    'X-Forwarded-Proto: https',
    'Forwarded: for=10.0.0.1;host=evil.example',
    'X-Real-IP: 10.0.0.1',
    'X-Shopyard-Proxy-Secret: s3cret',
    'Remote-User: ann',
    'X-Hop: mine',
    'X-Kept: yes',
  ];
  const text = `GET / HTTP/1.1\r\n${HEAD}${claims.join('\r\n')}\r\nConnection: X-Hop, Host, close\r\n\r\n`;
  expect(await exchange({ port: proxy }, text, 2000)).toContain('200 OK');
  const [plain = ''] = asked;
  await exchange(
    { port: proxy },
    upgradeRequest('/', { Host: 'alpha.localhost', ...Object.fromEntries(claims.map((line) => line.split(': '))) }),
    2000,
  );
  for (const request of [plain, asked.at(-1) ?? '']) {
    expect(request).toMatch(/host: alpha\.localhost/i);
    expect(request).toMatch(/x-kept: yes/i);
    expect(request).toMatch(/x-forwarded-for: 127\.0\.0\.1/i);
    expect(request).not.toMatch(/evil\.example|10\.0\.0\.1|x-forwarded-proto|s3cret|remote-user/i);
  }
  expect(plain).not.toMatch(/x-hop/i);
});

test('refuses an absolute URL, from which a store would take its host', async () => {
  const { proxy, asked } = await storeAnswering('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  expect(await get(proxy, 'http://evil.example/')).toContain('HTTP/1.1 400 ');
  expect(asked).toEqual([]);
});

test('accepts upgrades in only one file', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const takers = files.filter((file) =>
    /\.(?:on|addListener|prependListener)\(\s*['"`]upgrade/.test(readFileSync(join(SOURCES, file), 'utf8')),
  );
  expect(takers.filter((file) => !file.endsWith('.test.ts'))).toEqual(['kit/on-upgrade.ts']);
});
