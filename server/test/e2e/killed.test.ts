/** kill -9 of the server while several stores come up: the next server completes all of them without duplicates. */
import { join } from 'node:path';
import type { Store } from '@shopyard/contracts';
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { kubeconfigOf, openTestCluster, PATIENCE_MS, REAL, uniqueName } from '../support/test-cluster.ts';
import { toolsFor } from '../support/tools.ts';

/** A real one takes half a minute of a processor for each. */
const COUNT = REAL ? 3 : 5;

test('completes several creates after a kill, and their deletion after another', async () => {
  using dir = temporaryDir();
  await using cluster = await openTestCluster(dir.path);
  const dataDir = join(dir.path, 'data');
  const start = (): ReturnType<typeof startServerProcess> =>
    startServerProcess({ dataDir, env: { SHOPYARD_SIMULATOR_SPEED: '1', ...cluster.env } });
  const names = Array.from({ length: COUNT }, (_, index) => uniqueName(`killed${index}`));

  const first = await start();
  {
    await using api = connect(first.url);
    using stores = new StoreRecorder(api);
    await Promise.all(names.map((name) => api.trpc.stores.create.mutate({ name })));
    await stores.until('one has pods', (all) => all.some(({ pods }) => pods.total > 0), PATIENCE_MS);
    await first.kill();
  }

  const second = await start();
  {
    await using api = connect(second.url);
    using stores = new StoreRecorder(api);
    const reasons = new Set<string>();
    const started = performance.now();
    const areReady = (all: readonly Store[]): boolean => {
      for (const { reason } of all) if (reason) reasons.add(reason);
      return all.filter(({ phase }) => phase === 'Ready').length === COUNT;
    };
    await stores.until(`${COUNT} Ready`, areReady, PATIENCE_MS);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    process.stderr.write(`After the kill, ${COUNT} stores were Ready after ${seconds} s.\n`);
    // The helm of the killed server is known to be dead: nobody waits for it.
    expect([...reasons]).not.toContain('ReleaseBusy');
    const tools = toolsFor(kubeconfigOf(dataDir), dir.path);
    const list = await tools.helm('list', '--all-namespaces', '--filter', names.join('|'), '--output', 'json');
    const releases = JSON.parse(list) as { name: string; status: string; revision: string }[];
    expect(releases.map(({ name, status, revision }) => `${name} ${status} ${revision}`).toSorted()).toEqual(
      names.map((name) => `${name} deployed 1`).toSorted(),
    );
    await Promise.all([...stores.stores.keys()].map((id) => api.trpc.stores.remove.mutate({ id })));
    await second.kill();
  }

  await using third = await start();
  await using api = connect(third.url);
  using stores = new StoreRecorder(api);
  for (const name of names) await stores.gone(name, PATIENCE_MS);
  const tools = toolsFor(kubeconfigOf(dataDir), dir.path);
  const namespaces = await tools.kubectl('get', 'namespaces', '-o', 'name');
  expect(names.filter((name) => namespaces.includes(name))).toEqual([]);
});
