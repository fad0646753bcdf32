/** kill -9 amid work: the next server continues and duplicates nothing. */
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { kubeconfigOf } from '../support/test-cluster.ts';
import { toolsFor } from '../support/tools.ts';

const NAMES = Array.from({ length: 10 }, (_, index) => `crash-${index}`);

test('after a kill amid 10 creates, a restarted server makes all 10 Ready with one release each', async () => {
  using dir = temporaryDir();
  const first = await startServerProcess({ dataDir: dir.path, env: { SHOPYARD_MAX_PARALLEL: '3' } });
  {
    await using api = connect(first.url);
    using stores = new StoreRecorder(api);
    await Promise.all(NAMES.map((name) => api.trpc.stores.create.mutate({ name })));
    await stores.until(
      'some under way',
      (all) => all.some(({ phase }) => phase === 'Ready') && all.some(({ phase }) => phase === 'Queued'),
    );
    await first.kill();
  }

  await using second = await startServerProcess({ dataDir: dir.path });
  await using api = connect(second.url);
  using stores = new StoreRecorder(api);
  await stores.allReady(10);
  expect([...stores.stores.values()].map(({ name }) => name).toSorted()).toEqual(NAMES.toSorted());

  const tools = toolsFor(kubeconfigOf(dir.path), dir.path);
  const releases = JSON.parse(await tools.helm('list', '-A', '-o', 'json')) as { name: string; status: string }[];
  expect(releases.map(({ name, status }) => `${name} ${status}`).toSorted()).toEqual(
    NAMES.map((name) => `${name} deployed`).toSorted(),
  );
});

test('after a kill amid a deletion, a restarted server completes it', async () => {
  using dir = temporaryDir();
  const first = await startServerProcess({ dataDir: dir.path, env: { SHOPYARD_SIMULATOR_SPEED: '0.3' } });
  {
    await using api = connect(first.url);
    using stores = new StoreRecorder(api);
    const { id } = await api.trpc.stores.create.mutate({ name: 'leaving' });
    await stores.phase('leaving', 'Ready');
    await api.trpc.stores.remove.mutate({ id });
    await first.kill();
  }
  await using second = await startServerProcess({ dataDir: dir.path });
  await using api = connect(second.url);
  using stores = new StoreRecorder(api);
  await stores.gone('leaving');
  const tools = toolsFor(kubeconfigOf(dir.path), dir.path);
  await expect(tools.kubectl('get', 'namespace', 'store-leaving')).rejects.toThrow(/not found/);
});

test('a second server on the same data directory refuses to start and names the first', async () => {
  using dir = temporaryDir();
  await using first = await startServerProcess({ dataDir: dir.path });
  await expect(startServerProcess({ dataDir: dir.path })).rejects.toThrow(new RegExp(`pid ${first.pid}`));
});

test('SIGTERM ends the server with code 0; its stores survive the restart', async () => {
  using dir = temporaryDir();
  const first = await startServerProcess({ dataDir: dir.path });
  {
    await using api = connect(first.url);
    using stores = new StoreRecorder(api);
    await api.trpc.stores.create.mutate({ name: 'stays' });
    await stores.phase('stays', 'Ready');
  }
  expect(await first.stop()).toBe(0);
  await using second = await startServerProcess({ dataDir: dir.path });
  await using api = connect(second.url);
  using stores = new StoreRecorder(api);
  await stores.until('its pods', ([store]) => store?.pods.ready === 2);
  expect(stores.phases.get('stays')).toEqual(['Ready']);
});
