/** Abuse of a listening server: every kind is harmless and costs a bounded amount of memory. */
import { readFileSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { kubeconfigOf } from '../support/test-cluster.ts';
import { toolsFor } from '../support/tools.ts';

/** Limit above the idle level, under any abuse; mostly for 500 subscribers that leave 256 KiB unread each. */
const MEMORY_MB = 350;
const dir = temporaryDir();
let server: ServerProcess;
let api: Api;
let port: number;
let atRest: number;

beforeAll(async () => {
  server = await startServerProcess({ dataDir: dir.path });
  api = connect(server.url);
  port = Number(new URL(server.url).port);
  await api.trpc.stores.list.query();
  atRest = residentMb();
});
afterAll(async () => {
  process.stderr.write(`The server took ${atRest} MB at rest and ${residentMb()} MB after all abuse.\n`);
  await api[Symbol.asyncDispose]();
  await server.stop();
  dir[Symbol.dispose]();
});

function residentMb(): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

/** Memory in MB above the idle level; throws if the server doesn't respond. */
async function extraMb(): Promise<number> {
  const { status } = await fetch(`${server.url}/healthz`);
  if (status !== 200) throw new Error(`the server answers ${status}`);
  return residentMb() - atRest;
}

/** Sends raw bytes; resolves with everything received until the server closes or `ms` pass. */
function raw(bytes: string | Buffer, ms = 5000): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connectTcp(port, '127.0.0.1', () => socket.write(bytes));
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(text);
    };
    const timer = setTimeout(end, ms);
    socket
      .on('data', (chunk) => (text += chunk.toString('latin1')))
      .on('close', end)
      .on('error', end);
  });
}

const get = (path: string, headers: string): Promise<string> =>
  raw(`GET ${path} HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`);

test.each([
  { name: 'a Host rebound to this machine', path: '/stores', headers: 'Host: evil.example.com', status: 403 },
  { name: 'no Host', path: '/stores', headers: 'X-Nothing: 1', status: 400 },
  {
    name: 'two Hosts, of which the first counts',
    path: '/stores',
    headers: 'Host: localhost\r\nHost: evil.example.com',
    status: 200,
  },
  {
    name: "another site's Origin",
    path: '/stores',
    headers: 'Host: localhost\r\nOrigin: https://evil.example.com',
    status: 403,
  },
  { name: 'a path above the dashboard', path: '/../../../../etc/passwd', headers: 'Host: localhost', status: 400 },
  {
    name: 'an encoded path above the dashboard',
    path: '/assets/..%2f..%2f..%2f..%2fetc%2fpasswd',
    headers: 'Host: localhost',
    status: 404,
  },
  {
    name: 'a doubly encoded path above the dashboard',
    path: '/assets/%252e%252e/%252e%252e/etc/passwd',
    headers: 'Host: localhost',
    status: 404,
  },
  { name: 'a null byte', path: '/assets/%00.js', headers: 'Host: localhost', status: 400 },
  { name: 'an invalid encoding', path: '/%ff%fe', headers: 'Host: localhost', status: 400 },
  {
    name: 'an absolute URL, of which the path counts',
    path: 'http://evil.example.com/stores',
    headers: 'Host: localhost',
    status: 200,
  },
  { name: 'a store host that is a path', path: '/', headers: 'Host: ../../etc.localhost', status: 403 },
  { name: 'a subdomain of a store', path: '/', headers: 'Host: a.b.localhost', status: 403 },
  { name: 'a Host with user information', path: '/stores', headers: 'Host: localhost:80@evil.example', status: 403 },
  { name: 'the host of an unknown store', path: '/', headers: 'Host: nobody.localhost', status: 404 },
  { name: 'a very long path', path: `/${'a'.repeat(4000)}`, headers: 'Host: localhost', status: 400 },
  { name: 'oversized headers', path: '/', headers: `Host: localhost\r\nX-Long: ${'a'.repeat(40_000)}`, status: 431 },
])('answers $status to $name', async ({ path, headers, status }) => {
  const answer = await get(path, headers);
  expect(answer.split('\r\n')[0]).toContain(` ${status} `);
  expect(answer).not.toContain('root:');
  expect(answer).not.toMatch(/\n\s+at .*\.ts/);
  expect(await extraMb()).toBeLessThan(MEMORY_MB);
});

test.each([
  'UPPER', '-rf', '--set=x=y', 'a b', 'a;reboot', '$(reboot)', '`reboot`', 'a\nb', 'a: b', '{{ .Values }}', '../x',
  'a/b', 'a.b', 'ä', '', 'x'.repeat(41), 'null\u0000', "'; DROP TABLE stores; --",
])('rejects the name %j by field', async (name) => {
  const answer = await fetch(`${server.url}/stores`, { method: 'POST', body: JSON.stringify({ name }) });
  expect(answer.status).toBe(400);
  const { error } = (await answer.json()) as { error: { code: string; issues: { field: string }[] } };
  expect(error.code).toBe('validation_failed');
  expect(error.issues.map(({ field }) => field)).toContain('name');
}); // prettier-ignore

test('passes on values with shell, YAML, template and Helm syntax unchanged', async () => {
  using stores = new StoreRecorder(api);
  const title = '--set=a=b,c={{ .Release.Name }} $(reboot) `x` "\' --- kind: Pod # &*!|>%@ \\ ünïcode 🛒';
  await api.trpc.stores.create.mutate({ name: 'tricks', values: { store: { title } } });
  await stores.phase('tricks', 'Ready');
  const values = await toolsFor(kubeconfigOf(dir.path), dir.path).helm(
    'get',
    'values',
    'tricks',
    '-n',
    'store-tricks',
    '-o',
    'json',
  );
  expect((JSON.parse(values) as { store: { title: string } }).store.title).toBe(title);
});

test.each(['\n---\nkind: Pod\n', '\r', '\t', '\u0000', '\u001b[2J', '\u0085', '\u2028', '\ufeff'])(
  'rejects by field a title with the control character in %j',
  async (text) => {
    const values = { store: { title: `x${text}x` } };
    const answer = await fetch(`${server.url}/stores`, {
      method: 'POST',
      body: JSON.stringify({ name: 'tricks-2', values }),
    });
    expect(answer.status).toBe(400);
    const { error } = (await answer.json()) as { error: { issues: { field: string; message: string }[] } };
    const message = 'must not contain line breaks or control characters';
    expect(error.issues).toMatchObject([{ field: 'values.store.title', message }]);
  },
);

test.each([
  {
    name: 'a body of 2 MB',
    init: { method: 'POST', body: JSON.stringify({ name: 'a'.repeat(2_000_000) }) },
    status: 413,
  },
  {
    name: 'JSON nested a thousand levels deep',
    init: { method: 'POST', body: `${'{"values":'.repeat(1000)}1${'}'.repeat(1000)}` },
    status: 400,
  },
  {
    name: 'an attempt at prototype pollution',
    init: {
      method: 'POST',
      body: '{"name": "proto", "__proto__": {"polluted": true}, "constructor": {"prototype": {}}}',
    },
    status: 202,
  },
])('answers $status to $name', async ({ init, status }) => {
  expect((await fetch(`${server.url}/stores`, init)).status).toBe(status);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(await extraMb()).toBeLessThan(MEMORY_MB);
});

const upgrade = `GET /trpc HTTP/1.1\r\nHost: localhost:PORT\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'a'.repeat(22)}==\r\n\r\n`;

test.each([
  { name: 'noise', frame: Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 37) % 256)) },
  {
    name: 'a frame of 2^62 bytes',
    frame: Buffer.from([0x81, 0xff, 0x3f, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4]),
  },
  { name: 'an unmasked frame', frame: Buffer.from([0x81, 0x05, 1, 2, 3, 4, 5]) },
  { name: 'a reserved opcode', frame: Buffer.from([0x83, 0x80, 1, 2, 3, 4]) },
  { name: 'invalid UTF-8', frame: Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]) },
  { name: 'text that is not a message', frame: Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x7b, 0x7b]) },
])('survives $name over a WebSocket', async ({ frame }) => {
  await raw(Buffer.concat([Buffer.from(upgrade.replace('PORT', String(port))), frame]), 1000);
  expect(await extraMb()).toBeLessThan(MEMORY_MB);
});

test('refuses a WebSocket from another site', async () => {
  const answer = await raw(
    upgrade.replace('PORT', String(port)).replace('Upgrade:', 'Origin: https://evil.example.com\r\nUpgrade:'),
  );
  expect(answer).toContain(' 403 ');
});

test('cuts off a client that sends its request byte by byte', async () => {
  const started = performance.now();
  const socket = connectTcp(port, '127.0.0.1');
  const drip = setInterval(() => socket.write('X-Slow: 1\r\n'), 500);
  socket.write('GET /stores HTTP/1.1\r\nHost: localhost\r\n');
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(drip);
  expect(performance.now() - started).toBeLessThan(30_000);
  expect(await extraMb()).toBeLessThan(MEMORY_MB);
});

test('survives ten thousand idle connections', async () => {
  const wanted = 10_000;
  const limit = Number(/Max open files\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/limits`, 'utf8'))?.[1]);
  const count = Math.min(wanted, limit - 500);
  if (count < wanted)
    process.stderr.write(
      `Only ${count} idle connections are tried: this machine lets a process open ${limit} files.\n`,
    );
  const idle: Socket[] = [];
  for (let opened = 0; opened < count; opened += 500) {
    const batch = Array.from({ length: Math.min(500, count - opened) }, () => connectTcp(port, '127.0.0.1'));
    batch.forEach((socket) => socket.on('error', () => undefined));
    await Promise.all(
      batch.map((socket) => new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))),
    );
    idle.push(...batch);
  }
  expect(await extraMb()).toBeLessThan(MEMORY_MB);
  idle.forEach((socket) => socket.destroy());
  expect(await extraMb()).toBeLessThan(MEMORY_MB);
});

test('500 subscribers that never read do not affect others while stores change', async () => {
  const deaf = await Promise.all(
    // One caller may hold 64 connections.
    Array.from({ length: 500 }, async (_, index) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`, { localAddress: `127.0.0.${2 + (index % 10)}` });
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('open', resolve));
      socket.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'stores.watch', input: {} } }));
      socket.pause();
      return socket;
    }),
  );
  using stores = new StoreRecorder(api);
  const names = Array.from({ length: 20 }, (_, index) => `loud-${index}`);
  await Promise.all(names.map((name) => api.trpc.stores.create.mutate({ name })));
  for (const name of names) await stores.phase(name, 'Ready');
  expect(await extraMb()).toBeLessThan(MEMORY_MB);
  deaf.forEach((socket) => socket.terminate());
  await sleep(200);
  expect(await extraMb()).toBeLessThan(MEMORY_MB);
});

test('keeps secrets out of the log, the database and responses', async () => {
  const tools = toolsFor(kubeconfigOf(dir.path), dir.path);
  const secret = await tools.kubectl(
    'get',
    'secret',
    'store-credentials',
    '-n',
    'store-tricks',
    '-o',
    'jsonpath={.data.mariadb-password}',
  );
  const password = Buffer.from(secret, 'base64').toString();
  expect(password.length).toBeGreaterThan(20);
  const files = ['shopyard.db', 'shopyard.db-wal'].map((file) => readFileSync(join(dir.path, file), 'latin1'));
  for (const text of [...files, server.log(), await (await fetch(`${server.url}/stores`)).text()])
    expect(text).not.toContain(password);
});
