/**
 * Requests per minute during API server faults, minute by minute; the server's clock runs 40 times as fast. There are
 * 16 watches, each retried at least every 10 s.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { FAULTS } from '../support/faults.ts';
import { startOwnCluster } from '../support/own-cluster.ts';

const MAIN = fileURLToPath(new URL('../support/walking-main.ts', import.meta.url));
const MINUTE_MS = 60_000 / 40;
const STORES = 8;
/** The first minute includes quick retries and operations already in flight. */
const LIMITS = [1000, 700];
/** Refused connections can't be counted; reset ones are retried as often. */
const COUNTED = FAULTS.filter(({ fault }) => fault.kind !== 'refuse');

/** Most of the time is waited for, so each set of faults has a cluster of its own beside the others. */
const SETS = [0, 1, 2].map((set) => {
  const faults = COUNTED.filter((_, at) => at % 3 === set);
  return { faults, names: faults.map(({ what }) => what).join(', ') };
});

test.concurrent.each(SETS)('bounds the request rate under: $names', { timeout: 240_000 }, async ({ faults }) => {
  using dir = temporaryDir();
  await using cluster = await startOwnCluster(dir.path, { bookmarkMs: 500 });
  const { simulator } = cluster;
  await using proxy = await startFaultProxy(simulator.url);
  const kubeconfig = join(dir.path, 'proxy.kubeconfig');
  writeFileSync(kubeconfig, simulator.kubeconfig.replaceAll(simulator.url, proxy.url));
  const env = { SHOPYARD_CLUSTER: 'kubeconfig', KUBECONFIG: kubeconfig, WALK_CLUSTER: proxy.url };
  await using server = await startServerProcess({ dataDir: join(dir.path, 'data'), env, main: MAIN });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  const create = (name: string): Promise<unknown> =>
    Promise.all(
      Array.from({ length: STORES }, (_, index) => api.trpc.stores.create.mutate({ name: `${name}-${index}` })),
    );
  const remove = (name: string): Promise<unknown> => {
    const ids = [...stores.stores.values()].filter((store) => store.name.startsWith(name)).map(({ id }) => id);
    return Promise.all(ids.map((id) => api.trpc.stores.remove.mutate({ id })));
  };
  await create('calm-0');
  await stores.allReady(STORES);

  for (const [index, { what, fault, which }] of faults.entries()) {
    await proxy.inject(fault, which);
    // Half of the stores are deleted, and as many created.
    await Promise.all([create(`calm-${index + 1}`), remove(`calm-${index}-`)]);
    const minutes: number[] = [];
    for (const _ of LIMITS) {
      const before = proxy.requests;
      await sleep(MINUTE_MS);
      minutes.push(proxy.requests - before);
    }
    process.stderr.write(`${what}: ${minutes.join(', ')} requests in its first minutes.\n`);
    minutes.forEach((requests, minute) => expect(requests, what).toBeLessThan(LIMITS[minute] ?? 0));
    await proxy.heal();
    await stores.until(
      'all as asked for',
      (all) => all.length === STORES && all.every(({ phase }) => phase === 'Ready'),
    );
  }
});
