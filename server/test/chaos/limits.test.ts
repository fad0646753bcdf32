/** A caller far above its limits gets a clear error; other callers are unaffected. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
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
import { healthDuring } from '../support/health-probe.ts';
import { exchange, upgradeRequest } from '../support/raw-connection.ts';

/** Memory limit above the idle level, as in abuse.test.ts. */
const MEMORY_MB = 350;
const GREEDY = '127.0.0.9';

interface Answer {
  id: number;
  error?: { data?: { httpStatus?: number }; message: string };
  result?: { type?: string };
}

const dir = temporaryDir();
let server: ServerProcess;
let api: Api;
let port: number;
let storeId: string;
let pod: string;
let atRest: number;

beforeAll(async () => {
  server = await startServerProcess({ dataDir: dir.path });
  api = connect(server.url);
  port = Number(new URL(server.url).port);
  using stores = new StoreRecorder(api);
  storeId = (await api.trpc.stores.create.mutate({ name: 'alpha' })).id;
  const { pods } = await stores.phase('alpha', 'Ready').then(() => api.trpc.stores.get.query({ id: storeId }));
  expect(pods.ready).toBeGreaterThan(0);
  pod = await podName();
  atRest = residentMb();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await server.stop();
  dir[Symbol.dispose]();
});

async function podName(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const one = api.trpc.stores.watchOne.subscribe(
    { id: storeId },
    {
      onData({ data }) {
        const found = JSON.stringify(data).match(/"name":"(wordpress-[a-z0-9]+-[a-z0-9]+)"/)?.[1];
        if (found) resolve(found);
      },
    },
  );
  const name = await promise;
  one.unsubscribe();
  return name;
}

function residentMb(): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

/** A connection of the greedy caller, with every response it received. */
async function openGreedy(): Promise<{ socket: WebSocket; answers: Answer[] }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`, { localAddress: GREEDY });
  const answers: Answer[] = [];
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    if (data.toString() !== 'PING') answers.push(JSON.parse(data.toString()) as Answer);
  });
  await once(socket, 'open');
  return { socket, answers };
}

const subscribe = (id: number, path: string, input: object = {}): string =>
  JSON.stringify({ id, method: 'subscription', params: { path, input } });
const refused = (answers: Answer[]): Answer[] => answers.filter(({ error }) => error);
/** Ids of the subscriptions that received anything. */
function served(answers: Answer[]): Set<number> {
  return new Set(answers.filter(({ result }) => result?.type === 'data').map(({ id }) => id));
}

async function expectUnharmed(health: string[]): Promise<void> {
  expect(health).toEqual([]);
  expect(residentMb() - atRest).toBeLessThan(MEMORY_MB);
  using stores = new StoreRecorder(api);
  const name = `after-${Math.random().toString(36).slice(2, 8)}`;
  const { id } = await api.trpc.stores.create.mutate({ name });
  await stores.phase(name, 'Ready');
  await api.trpc.stores.remove.mutate({ id });
}

test('grants 32 of 60,000 subscriptions on one connection, refuses the rest and delays nobody else', async () => {
  const { socket, answers } = await openGreedy();
  const health = await healthDuring(server.url, async () => {
    for (let id = 1; id <= 60_000 && socket.readyState === WebSocket.OPEN; id += 1) {
      socket.send(subscribe(id, 'stores.watch'));
      if (id % 500 === 0) await sleep(1);
    }
    if (socket.readyState !== WebSocket.CLOSED) await once(socket, 'close');
  });
  expect(served(answers).size).toBe(32);
  expect(refused(answers).length).toBeGreaterThan(0);
  for (const { error } of refused(answers)) expect(error?.data?.httpStatus).toBe(429);
  socket.terminate();
  await expectUnharmed(health);
});

test('grants one caller 8 of 8,000 log readers, across all of its connections', async () => {
  const connections = await Promise.all(Array.from({ length: 60 }, openGreedy));
  const logs = { id: storeId, pod, container: 'wordpress' };
  const health = await healthDuring(server.url, async () => {
    for (let id = 1; id <= 8000; id += 1) {
      connections[id % connections.length]?.socket.send(subscribe(id, 'stores.logs', logs));
      if (id % 200 === 0) await sleep(5);
    }
    await expect
      .poll(() => connections.every(({ answers, socket }) => answers.length > 20 || socket.readyState > 1), {
        timeout: 30_000,
      })
      .toBe(true);
  });
  const all = (): Answer[] => connections.flatMap(({ answers }) => answers);
  // A refusal arrives before the first line of a log.
  await expect.poll(() => served(all()).size, { timeout: 30_000 }).toBeGreaterThanOrEqual(8);
  const answers = all();
  expect(served(answers).size).toBe(8);
  expect(refused(answers).length).toBeGreaterThan(100);
  for (const { error } of refused(answers)) expect(error?.data?.httpStatus).toBe(429);
  connections.forEach(({ socket }) => socket.terminate());
  await expectUnharmed(health);
});

test('grants one caller 64 of 5,000 connections and answers the rest with 429 and Retry-After', async () => {
  const request = upgradeRequest('/trpc', { Host: `localhost:${port}` });
  const held = await Promise.all(Array.from({ length: 64 }, openGreedy));
  const health = await healthDuring(server.url, async () => {
    for (let done = 64; done < 5000; done += 100) {
      const texts = await Promise.all(
        Array.from({ length: 100 }, () => exchange({ port, from: GREEDY }, request, 10_000)),
      );
      for (const text of texts) {
        expect(text).toContain(' 429 ');
        expect(text).toMatch(/Retry-After: \d+/i);
        expect(text).toContain('too_many_requests');
      }
    }
  });
  held.forEach(({ socket }) => socket.terminate());
  await expectUnharmed(health);
  await expect.poll(async () => (await openGreedy().catch(() => undefined)) !== undefined).toBe(true);
});

test('counts no subscription after 10,000 were opened and stopped in turn', async () => {
  const { socket, answers } = await openGreedy();
  for (let round = 0; round < 10_000 / 25; round += 1) {
    const ids = Array.from({ length: 25 }, (_, index) => round * 25 + index + 1);
    answers.length = 0;
    ids.forEach((id) => socket.send(subscribe(id, 'stores.watch')));
    await expect.poll(() => served(answers).size, { interval: 1 }).toBe(25);
    ids.forEach((id) => socket.send(JSON.stringify({ id, method: 'subscription.stop' })));
    await expect
      .poll(() => answers.filter(({ result }) => result?.type === 'stopped').length, { interval: 1 })
      .toBe(25);
    expect(refused(answers)).toEqual([]);
  }
  answers.length = 0;
  for (let id = 100_001; id <= 100_033; id += 1) socket.send(subscribe(id, 'stores.watch'));
  await expect.poll(() => refused(answers).length).toBe(1);
  expect(served(answers).size).toBe(32);
  socket.terminate();
});

test('refuses a batch of 21 calls over HTTP and over a WebSocket', async () => {
  const paths = Array.from({ length: 21 }, () => 'platform.get').join(',');
  expect((await fetch(`${server.url}/trpc/${paths}?batch=1&input={}`)).status).toBe(400);
  const { socket, answers } = await openGreedy();
  const calls = Array.from({ length: 21 }, (_, id) => ({ id, method: 'query', params: { path: 'platform.get' } }));
  socket.send(JSON.stringify(calls));
  await expect.poll(() => refused(answers.flat()).length).toBeGreaterThan(0);
  expect(answers.flat().some(({ result }) => result)).toBe(false);
  socket.terminate();
});
