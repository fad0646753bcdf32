/**
 * API server faults of every kind: requests made meanwhile complete afterwards, retries stay bounded, clients learn
 * since when their data is stale, and readiness fails and recovers by itself.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '@shopyard/contracts';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { FAULTS, RENEWED } from '../support/faults.ts';
import { type OwnCluster, startOwnCluster } from '../support/own-cluster.ts';

/** Maximum requests during a fault: about 70 per helm operation, plus a few reconnects of each of 16 watches. */
const STORM = 800;
const dir = temporaryDir();
let cluster: OwnCluster;
let proxy: FaultProxy;
let server: ServerProcess;
let api: Api;
let stores: StoreRecorder;
let kubeconfig: string;
let tried = 0;

function writeKubeconfig(token: string): void {
  const { simulator } = cluster;
  const text = simulator.kubeconfig.replaceAll(simulator.url, proxy.url);
  writeFileSync(kubeconfig, text.replace('user: {}', `user: { token: ${token} }`));
}

beforeAll(async () => {
  cluster = await startOwnCluster(dir.path, { bookmarkMs: 500 });
  proxy = await startFaultProxy(cluster.simulator.url, { tls: true });
  kubeconfig = join(dir.path, 'proxy.kubeconfig');
  writeKubeconfig('expired');
  server = await startServerProcess({
    dataDir: join(dir.path, 'data'),
    env: { SHOPYARD_CLUSTER: 'kubeconfig', KUBECONFIG: kubeconfig, SHOPYARD_WATCH_SILENCE_SECONDS: '2' },
  });
  api = connect(server.url);
  stores = new StoreRecorder(api);
});

afterAll(async () => {
  process.stderr.write(`Faults tried: ${tried} of ${FAULTS.length}.\n`);
  stores[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
  await server.stop();
  await proxy[Symbol.asyncDispose]();
  await cluster[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

test.each(FAULTS)('$what', async ({ what, fault, which, stale }) => {
  onTestFinished(() => proxy.heal());
  const index = FAULTS.findIndex((other) => other.what === what);
  const before = await api.trpc.stores.create.mutate({ name: `before-${index}` });
  await stores.phase(before.name, 'Ready');
  const leaving = await api.trpc.stores.create.mutate({ name: `leaving-${index}` });
  await stores.phase(leaving.name, 'Ready');

  const [asked, harmed] = [proxy.requests, proxy.harmed];
  await proxy.inject(fault, which);
  const during = await api.trpc.stores.create.mutate({ name: `during-${index}` });
  await api.trpc.stores.remove.mutate({ id: leaving.id });
  if (stale) {
    await expect
      .poll(async () => (await api.trpc.platform.get.query()).cluster.staleSince, { timeout: 10_000 })
      .toBeTypeOf('string');
    await ready(503);
  }
  if (fault.kind === 'refuse') {
    const waits = (all: Store[]): boolean => all.some(({ id, retryAt }) => id === during.id && retryAt !== undefined);
    await stores.until('it says when it is tried again', waits, 10_000);
  }
  // An out-of-band change while the server can't see it.
  await cluster.tools.kubectl('delete', 'deployment', 'wordpress', '-n', before.namespace);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  if (fault.kind !== 'refuse') expect(proxy.harmed, 'the fault was met').toBeGreaterThan(harmed);
  expect(proxy.requests - asked, 'requests meanwhile').toBeLessThan(STORM);
  // The remedy is a new token in the kubeconfig, without any restart.
  if (fault.kind === 'unauthorized') writeKubeconfig(RENEWED);
  else await proxy.heal();

  await ready(200);
  await stores.phase(during.name, 'Ready', 60_000);
  await stores.gone(leaving.name, 60_000);
  await expect
    .poll(() => cluster.tools.kubectl('get', 'deployment', '-n', before.namespace, '-o', 'name'), { timeout: 30_000 })
    .toContain('wordpress');
  await stores.phase(before.name, 'Ready', 30_000);
  expect(new Set(stores.seqs).size, 'no update is sent twice').toBe(stores.seqs.length);
  await Promise.all([before, during].map(({ id }) => api.trpc.stores.remove.mutate({ id })));
  await Promise.all([before, during].map(({ name }) => stores.gone(name)));
  tried += 1;
});

function ready(status: number): Promise<void> {
  return expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, { timeout: 40_000 }).toBe(status);
}
