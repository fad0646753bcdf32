/**
 * Suspended stores cost nothing: no pod, and no request to Kubernetes besides those of a server without any store, however long
 * they sleep. SLEEPERS sets their number.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { startOwnCluster } from '../support/own-cluster.ts';

/** Its helm is a fake. */
const MAIN = fileURLToPath(new URL('../support/walking-main.ts', import.meta.url));
const COUNT = Number(process.env['SLEEPERS'] ?? 40);
/** Its clock runs 10 times as fast: no faster, or a busy machine loses its Lease. */
const PACE = 10;
/** Two minutes of its clock. */
const WINDOW_MS = 12_000;
const PATIENCE_MS = 5 * 60_000;

test('suspended stores have 0 pods and cause 0 requests', { timeout: 3 * PATIENCE_MS }, async () => {
  using dir = temporaryDir();
  await using cluster = await startOwnCluster(dir.path);
  const { simulator } = cluster;
  await using proxy = await startFaultProxy(simulator.url);
  const kubeconfig = join(dir.path, 'proxy.kubeconfig');
  writeFileSync(kubeconfig, simulator.kubeconfig.replaceAll(simulator.url, proxy.url));
  const env = {
    SHOPYARD_CLUSTER: 'kubeconfig',
    KUBECONFIG: kubeconfig,
    WALK_CLUSTER: proxy.url,
    WALK_PACE: String(PACE),
    SHOPYARD_MAX_PARALLEL: '16',
  };
  await using server = await startServerProcess({ dataDir: join(dir.path, 'data'), env, main: MAIN });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  const names = Array.from({ length: COUNT }, (_, index) => `s${index}`);
  for (const name of names) await api.trpc.stores.create.mutate({ name });
  const all = await stores.until('all Ready', (now) => allIn(now, 'Ready'), PATIENCE_MS);
  for (const { id } of all) await api.trpc.stores.suspend.mutate({ id });
  await stores.until('all Suspended', (now) => allIn(now, 'Suspended'), PATIENCE_MS);

  const pods = async (): Promise<number> => {
    const answer = await fetch(`${simulator.url}/api/v1/pods`);
    return ((await answer.json()) as { items: unknown[] }).items.length;
  };
  await expect.poll(pods, { timeout: PATIENCE_MS }).toBe(0);
  // What the suspension changed is still compared once; what recurs would be in every window.
  const requests = async (): Promise<number> => {
    const before = proxy.requests - proxy.standing;
    await sleep(WINDOW_MS);
    return proxy.requests - proxy.standing - before;
  };
  await expect.poll(requests, { timeout: PATIENCE_MS, interval: 10 }).toBe(0);
  expect(await pods()).toBe(0);
});

const allIn = (stores: { phase: string }[], phase: string): boolean =>
  stores.length === COUNT && stores.every((store) => store.phase === phase);
