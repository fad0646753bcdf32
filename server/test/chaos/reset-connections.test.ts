/** Connection resets at any moment, on every path and both sides of the store proxy, affect nothing else. */
import { writeFileSync } from 'node:fs';
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
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { healthDuring } from '../support/health-probe.ts';
import { isRunning } from '../support/processes.ts';
import { type OwnCluster, startOwnCluster } from '../support/own-cluster.ts';
import { openSocket, upgradeRequest } from '../support/raw-connection.ts';

const DELAYS_MS = [0, 2, 10, 50, 300];
const CONNECTIONS = 500;
const AT_ONCE = 25;

const dir = temporaryDir();
let cluster: OwnCluster;
let faults: FaultProxy;
let server: ServerProcess;
let api: Api;
let port: number;

beforeAll(async () => {
  cluster = await startOwnCluster(dir.path);
  faults = await startFaultProxy(cluster.simulator.url);
  const kubeconfig = join(dir.path, 'proxy.kubeconfig');
  writeFileSync(kubeconfig, cluster.simulator.kubeconfig.replaceAll(cluster.simulator.url, faults.url));
  server = await startServerProcess({
    dataDir: join(dir.path, 'data'),
    env: { SHOPYARD_CLUSTER: 'kubeconfig', KUBECONFIG: kubeconfig },
  });
  api = connect(server.url);
  port = Number(new URL(server.url).port);
  using stores = new StoreRecorder(api);
  await api.trpc.stores.create.mutate({ name: 'alpha' });
  await stores.phase('alpha', 'Ready');
});

afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await server.stop();
  await faults[Symbol.asyncDispose]();
  await cluster[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

function requests(): Record<string, string> {
  const own = { Host: `localhost:${port}` };
  const store = { Host: `alpha.localhost:${port}` };
  const get = (path: string, host: string): string => `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`;
  return {
    'an upgrade of an unknown path': upgradeRequest('/nope', own),
    'an upgrade of /trpc': upgradeRequest('/trpc', own),
    'a refused upgrade of /trpc': upgradeRequest('/trpc', { ...own, Origin: 'https://evil.example' }),
    'an upgrade by a foreign name': upgradeRequest('/trpc', { Host: 'evil.example' }),
    'an upgrade of a store': upgradeRequest('/', store),
    'an upgrade of an unknown store': upgradeRequest('/', { Host: `nobody.localhost:${port}` }),
    'a list over REST': get('/stores', 'localhost'),
    'a create with half a body': `POST /stores HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 50\r\n\r\n{"na`,
    'the dashboard': get('/', 'localhost'),
    'a page of a store': get('/', 'alpha.localhost'),
    'half a form to a store': `POST /cart HTTP/1.1\r\nHost: alpha.localhost:${port}\r\nContent-Length: 50\r\n\r\na=`,
    'half a request': 'GET / HTTP/1.1\r\nHos',
    'no HTTP': '\u0016\u0003\u0001',
  };
}

async function resetAfter(request: string, ms: number): Promise<void> {
  const socket = await openSocket({ port });
  socket.write(request);
  await sleep(ms);
  socket.resetAndDestroy();
}

/** Problems of the server while `act` runs, one sentence each. */
async function harmOf(act: () => Promise<void>): Promise<string[]> {
  const health = await healthDuring(server.url, act);
  return isRunning(server.pid) ? health : [`the server ended: ${server.log().slice(-1000)}`];
}

test('500 clients that reset their connection on every path leave the server unharmed', async () => {
  const cases = Object.values(requests()).flatMap((request) => DELAYS_MS.map((ms) => ({ request, ms })));
  const harm = await harmOf(async () => {
    for (let done = 0; done < CONNECTIONS; done += AT_ONCE) {
      const batch = Array.from({ length: AT_ONCE }, (_, index) => cases[(done + index) % cases.length] ?? cases[0]);
      await Promise.all(batch.map((one) => resetAfter(one?.request ?? '', one?.ms ?? 0)));
    }
  });
  expect(harm).toEqual([]);
});

test('a reset on the store side ends only the requests to that store', async () => {
  const store = Object.entries(requests()).filter(([what]) => /of a store|to a store/.test(what));
  const harm = await harmOf(async () => {
    for (const delay of DELAYS_MS) {
      const sockets = await Promise.all(
        Array.from({ length: 30 }, async (_, index) => {
          const socket = await openSocket({ port });
          socket.write(store[index % store.length]?.[1] ?? '');
          return socket;
        }),
      );
      await sleep(delay);
      await faults.inject({ kind: 'refuse' });
      await faults.heal();
      sockets.forEach((socket) => socket.resetAndDestroy());
    }
  });
  expect(harm).toEqual([]);
});
