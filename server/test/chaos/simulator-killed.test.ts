/** The embedded cluster dies and is restarted at the same address; server and stores survive. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openStore } from '../support/open-store.ts';
import { childOf, isRunning } from '../support/processes.ts';
import { toolsFor } from '../support/tools.ts';

const PATIENCE_MS = 60_000;
const dir = temporaryDir();
let server: ServerProcess;
let api: Api;
let stores: StoreRecorder;
let kubeconfig: string;

beforeAll(async () => {
  server = await startServerProcess({ dataDir: dir.path, env: { SHOPYARD_MAX_PARALLEL: '2' } });
  api = connect(server.url);
  stores = new StoreRecorder(api);
  kubeconfig = join(dir.path, 'simulator.kubeconfig');
}, PATIENCE_MS);
afterAll(async () => {
  stores[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
  await server.stop();
  dir[Symbol.dispose]();
});

const simulatorPid = (): number | undefined => childOf(server.pid, 'simulator.db');

/** kill -9; resolves when it is gone. */
async function killSimulator(): Promise<void> {
  const pid = simulatorPid();
  if (pid === undefined) throw new Error('there is no simulator');
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 5000, interval: 5 });
}

/** Resolves when another simulator answers at the kubeconfig's current address. */
const isBack = (): Promise<void> =>
  vi.waitFor(
    async () => {
      const { origin } = new URL(addressIn(kubeconfig));
      expect(simulatorPid()).toBeDefined();
      expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    },
    { timeout: 20_000, interval: 50 },
  );
const addressIn = (file: string): string => /server: (\S+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';

const isReady = (): Promise<void> =>
  vi.waitFor(async () => expect((await fetch(`${server.url}/readyz`)).status).toBe(200), {
    timeout: PATIENCE_MS,
    interval: 100,
  });
/** Current names and phases on the server. */
const phases = async (): Promise<string[]> =>
  (await api.trpc.stores.list.query()).stores.map(({ name, phase }) => `${name} ${phase}`).toSorted();
const allReady = (count: number): Promise<void> =>
  vi.waitFor(
    async () => {
      const now = await phases();
      expect(now).toHaveLength(count);
      expect(now.filter((line) => !line.endsWith(' Ready'))).toEqual([]);
    },
    { timeout: PATIENCE_MS, interval: 100 },
  );

test(
  'a killed simulator restarts at the same address and every store becomes Ready',
  { timeout: PATIENCE_MS },
  async () => {
    for (const name of ['one', 'two', 'three']) await api.trpc.stores.create.mutate({ name });
    await stores.allReady(3);
    const before = readFileSync(kubeconfig, 'utf8');

    await killSimulator();
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await isBack();
    await isReady();
    await allReady(3);
    expect(readFileSync(kubeconfig, 'utf8')).toBe(before);
    expect(isRunning(server.pid)).toBe(true);

    // Existing state is intact, and new operations work.
    expect(await toolsFor(kubeconfig, dir.path).helm('list', '-A', '-q')).toBe('one\nthree\ntwo\n');
    expect((await openStore(server.url, 'one', '/')).status).toBe(200);
    await api.trpc.stores.create.mutate({ name: 'after' });
    await allReady(4);
  },
);

test('creates and deletions in progress complete after a kill of the simulator', { timeout: 120_000 }, async () => {
  const { stores: known } = await api.trpc.stores.list.query();
  const gone = known.find(({ name }) => name === 'two');
  for (const name of ['four', 'five', 'six', 'seven']) await api.trpc.stores.create.mutate({ name });
  await api.trpc.stores.remove.mutate({ id: gone?.id ?? '' });
  await stores.until('some under way', (all) => all.some(({ name, phase }) => name === 'four' && phase !== 'Queued'));
  expect((await phases()).filter((line) => !line.endsWith(' Ready')).length).toBeGreaterThan(2);
  await killSimulator();
  await isBack();
  await isReady();
  await allReady(7);
  expect((await phases()).map((line) => line.split(' ')[0])).toEqual([
    'after',
    'five',
    'four',
    'one',
    'seven',
    'six',
    'three',
  ]);
});

test(
  'a simulator whose port was taken restarts on another, with a new secret, and the server follows',
  { timeout: 120_000 },
  async () => {
    const before = readFileSync(kubeconfig, 'utf8');
    const { port, pathname } = new URL(addressIn(kubeconfig));
    await killSimulator();
    // The kernel may take a moment to free the dead process's port.
    const thief = await vi.waitFor(() => listen(Number(port)), { timeout: 2000, interval: 5 });
    try {
      await vi.waitFor(() => expect(readFileSync(kubeconfig, 'utf8')).not.toBe(before), { timeout: 20_000 });
      const after = new URL(addressIn(kubeconfig));
      expect(after.port).not.toBe(port);
      expect(after.pathname).not.toBe(pathname);
      await isReady();
      await api.trpc.stores.create.mutate({ name: 'moved' });
      await allReady(8);
    } finally {
      thief.close();
    }
  },
);

/** A listener that drops every connection. */
async function listen(port: number): Promise<Server> {
  const thief = createServer((socket) => socket.on('error', () => undefined).destroy()).listen(port, '127.0.0.1');
  await once(thief, 'listening');
  return thief;
}

test('a simulator killed repeatedly ends the server with one sentence', { timeout: 120_000 }, async () => {
  // A fresh server, because earlier kills count too.
  using own = temporaryDir();
  const previous = server;
  server = await startServerProcess({ dataDir: own.path });
  try {
    const { pid } = server;
    while (isRunning(pid)) {
      await vi.waitFor(() => expect(simulatorPid() ?? (isRunning(pid) ? undefined : 0)).toBeDefined(), {
        timeout: 30_000,
        interval: 20,
      });
      if (isRunning(pid) && simulatorPid() !== undefined) await killSimulator();
    }
    expect(await server.ended).toBe(1);
    const said = server
      .log()
      .split('\n')
      .filter((line) => line.startsWith('shopyard: '));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(
      /^shopyard: the embedded cluster ended \d+ times within a minute, most recently by SIGKILL/,
    );
  } finally {
    server = previous;
  }
});
