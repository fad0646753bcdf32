/** A container around a stand-in for WordPress: probes, exits, sleep, refusals. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ContainerStart, Readiness, RunningContainer } from '../../node/runtime.ts';
import { Launcher } from './launcher.ts';
import { serve, type ServingOptions } from './serving.ts';
import { Turns } from './turns.ts';

const PROGRAM = `
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
let ready = 200;
let held = [];
let holding = false;
let left = 0;
const server = createServer((req, res) => {
  const { pathname, searchParams } = new URL(req.url, 'http://x');
  const code = Number(searchParams.get('code'));
  if (pathname === '/exit') process.exit(code);
  if (pathname === '/named') console.log('probed by ' + req.headers['user-agent']);
  if (pathname === '/become') ready = code;
  if (pathname === '/complain') console.error('PHP Warning:  Undefined variable');
  if (pathname === '/release') { holding = false; for (const release of held.splice(0)) release(); }
  if (pathname === '/ready' && left > 0) return console.log('not answered: ' + left--);
  if (pathname === '/busy') console.log('busy');
  if (pathname === '/hold') holding = true;
  if (pathname === '/busy' || (pathname === '/ready' && holding)) return held.push(() => res.end());
  res.writeHead(pathname === '/ready' ? ready : pathname === '/never' ? 404 : 200).end(String(process.pid));
});
const input = createInterface({ input: process.stdin });
input.once('line', (line) => {
  const { socket, unanswered } = JSON.parse(line);
  left = unanswered ?? 0;
  server.listen(socket, () => console.log('listening'));
});
server.keepAliveTimeout = 1;
input.once('close', () => {
  server.close(() => process.exit(143));
  for (const release of held) release();
});
`;
const probe = (path: string): object => ({
  httpGet: { path, port: 80 },
  periodSeconds: 0.05,
  timeoutSeconds: 0.3,
  failureThreshold: 2,
});

interface Served {
  container: RunningContainer;
  get: (path: string) => Promise<{ status: number; text: string }>;
  reported: Readiness[];
  /** Names of the existing sockets. */
  sockets: () => string[];
  logs: string[];
}

/** `paths`: the probes' paths, if not the usual ones. */
async function start(
  change: Partial<ServingOptions> = {},
  paths: { readinessProbe?: object; startupProbe?: object } = {},
): Promise<Served> {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-serving-'));
  const program = join(dir, 'store.mjs');
  const sockets = join(dir, 'run');
  mkdirSync(sockets);
  writeFileSync(program, PROGRAM);
  const logs: string[] = [];
  const given = {
    pod: { spec: { terminationGracePeriodSeconds: 1 } },
    container: { name: 'wordpress', readinessProbe: probe('/ready'), livenessProbe: probe('/alive'), ...paths },
    resumed: false,
    log: (line: string) => logs.push(line),
  } as unknown as ContainerStart;
  const container = serve(given, {
    launcher: new Launcher(program),
    spec: {},
    turns: new Turns(1),
    idleMs: 0,
    sockets,
    refusal: () => undefined,
    ...change,
  });
  const reported: Readiness[] = [];
  container.onReadiness((readiness) => reported.push(readiness));
  const front = createServer((req, res) => container.http?.(req, res)).listen(0, '127.0.0.1');
  await once(front, 'listening');
  onTestFinished(async () => {
    container.stop(1000);
    await container.exited;
    front.closeAllConnections();
    front.close();
    rmSync(dir, { recursive: true });
  });
  const { port } = front.address() as AddressInfo;
  return {
    container,
    reported,
    sockets: () => readdirSync(sockets),
    logs,
    async get(path) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      return { status: answer.status, text: await answer.text() };
    },
  };
}

const last =
  ({ reported }: Served) =>
  () =>
    reported.at(-1);

test('follows its readiness probe: ready, not ready while it fails, ready again', async () => {
  const store = await start();
  await expect.poll(last(store)).toEqual({ ready: true });
  await store.get('/become?code=500');
  await expect.poll(last(store)).toEqual({ ready: false, message: 'HTTP probe failed with statuscode: 500' });
  await store.get('/become?code=200');
  await expect.poll(last(store)).toEqual({ ready: true });
  // A single failure doesn't make it unready, but is reported.
  expect(store.reported[1]).toMatchObject({ ready: true, message: expect.stringContaining('500') as string });
});

test('probes under the name of a kubelet', async () => {
  const store = await start({}, { readinessProbe: probe('/named') });
  await expect.poll(() => store.logs).toContainEqual(expect.stringMatching(/^probed by kube-probe\/[\d.]+$/));
});

test('reports a hanging process as not ready, then kills it', async () => {
  const store = await start();
  const { text: pid } = await store.get('/');
  process.kill(Number(pid), 'SIGSTOP');
  expect(await store.container.exited).toEqual({ exitCode: 137, reason: 'Error' });
  const probes = store.reported.filter(({ message }) => message?.includes('context deadline exceeded'));
  expect(new Set(probes.map(({ probe: which }) => which ?? 'Readiness'))).toEqual(new Set(['Readiness', 'Liveness']));
  expect(store.reported).toContainEqual(expect.objectContaining({ ready: false }));
});

test('survives requests and a readiness probe slower than the timeout of its liveness probe', async () => {
  const store = await start();
  const { text: pid } = await store.get('/');
  await store.get('/hold');
  const busy = store.get('/busy');
  const late = (): Readiness[] => store.reported.filter(({ message }) => message?.includes('deadline exceeded'));
  // Three times the two tries that liveness has.
  await expect.poll(() => late().length).toBeGreaterThan(6);
  expect(store.reported.filter(({ probe: which }) => which === 'Liveness')).toEqual([]);
  await store.get('/release');
  expect((await busy).status).toBe(200);
  await expect.poll(last(store)).toEqual({ ready: true });
  expect((await store.get('/')).text).toBe(pid);
});

test('waits for a first page that is slower than the timeout of its probe', async () => {
  const store = await start({ spec: { unanswered: 4 } });
  await expect.poll(last(store)).toEqual({ ready: true });
  expect(store.logs).toEqual(['not answered: 4', 'not answered: 3', 'not answered: 2', 'not answered: 1']);
});

test('ends a container whose startup probe never passes, with its process', async () => {
  const store = await start({}, { startupProbe: probe('/never') });
  expect(await store.container.exited).toEqual({ exitCode: 143, reason: 'Error' });
  expect(store.logs.join()).toContain('Startup probe failed');
  expect(store.sockets()).toEqual([]);
});

test('lets others start although one never becomes ready', async () => {
  const turns = new Turns(1);
  const store = await start({ turns }, { readinessProbe: probe('/never') });
  const free = await turns.take();
  free();
  expect(store.reported).toEqual([]);
});

test('answers pending requests before it stops', async () => {
  const store = await start();
  await store.get('/');
  const busy = store.get('/busy');
  await expect.poll(() => store.logs).toContain('busy');
  store.container.stop(5000);
  expect((await busy).status).toBe(200);
  expect(await store.container.exited).toEqual({ exitCode: 143, reason: 'Error' });
});

test("has its process's exit code, and logs its standard error", async () => {
  const store = await start();
  await store.get('/complain');
  await store.get('/exit?code=3').catch(() => undefined);
  expect(await store.container.exited).toEqual({ exitCode: 3, reason: 'Error' });
  expect(store.logs).toContain('PHP Warning:  Undefined variable');
});

test('stays ready without a process while asleep; the next request wakes another one', async () => {
  const store = await start({ idleMs: 100 });
  const { text: first } = await store.get('/');
  await expect.poll(() => store.logs.join()).toContain('the store sleeps');
  await expect.poll(() => isRunning(first)).toBe(false);
  expect(store.reported.at(-1)).toEqual({ ready: true });
  const { text: second } = await store.get('/');
  expect(second).not.toBe(first);
});

test('becomes ready when it falls asleep, because only a ready store receives the request that wakes it', async () => {
  const store = await start({ idleMs: 600 });
  await store.get('/become?code=500');
  await expect.poll(() => store.reported).toContainEqual(expect.objectContaining({ ready: false }));
  await expect.poll(() => store.logs.join()).toContain('the store sleeps');
  expect(store.reported.at(-1)).toEqual({ ready: true });
});

test('listens on one socket, which disappears even if the process is killed', async () => {
  const store = await start();
  const { text: pid } = await store.get('/');
  expect(store.sockets()).toEqual([expect.stringMatching(/^[\w-]{8}$/)]);
  process.kill(Number(pid), 'SIGKILL');
  await store.container.exited;
  expect(store.sockets()).toEqual([]);
});

test('logs that memory is short, and exits', async () => {
  const store = await start({ refusal: () => 'An embedded store takes 450 MiB of memory, and 3 MiB are free.' });
  expect(await store.container.exited).toEqual({ exitCode: 1, reason: 'Error' });
  expect(store.logs).toEqual(['An embedded store takes 450 MiB of memory, and 3 MiB are free.']);
});

function isRunning(pid: string): boolean {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}
