/** Subscriptions: each phase in order and each event once, also across a dropped connection. */
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const dir = temporaryDir();
let server: ServerProcess;

beforeAll(async () => {
  server = await startServerProcess({
    dataDir: dir.path,
    env: { SHOPYARD_SIMULATOR_SPEED: '0.1', SHOPYARD_MAX_PARALLEL: '2' },
  });
});

afterAll(async () => {
  await server.stop();
  dir[Symbol.dispose]();
});

test('a client that keeps losing its connection sees every event exactly once', async () => {
  await using steady = connect(server.url);
  await using shaky = connect(server.url);
  using expected = new StoreRecorder(steady);
  using seen = new StoreRecorder(shaky);
  await Promise.all([expected.until('a snapshot', () => true), seen.until('a snapshot', () => true)]);

  const names = Array.from({ length: 8 }, (_, index) => `shaky-${index}`);
  const drops = setInterval(() => shaky.dropConnections(), 300);
  const created = await Promise.all(names.map((name) => steady.trpc.stores.create.mutate({ name })));
  await expected.allReady(8);
  await Promise.all(created.map(({ id }) => steady.trpc.stores.remove.mutate({ id })));
  await expected.until('all gone', (stores) => stores.length === 0);
  clearInterval(drops);
  await seen.until('all gone', (stores) => stores.length === 0);

  for (const name of names)
    expect(seen.phases.get(name), name).toEqual(['Queued', 'Provisioning', 'Ready', 'Deleting']);
  expect(seen.snapshots).toBe(1);
  expect(new Set(seen.ids).size).toBe(seen.ids.length);
  expect(seen.seqs).toEqual(seen.seqs.toSorted((a, b) => a - b));
  expect(new Set(seen.seqs).size).toBe(seen.seqs.length);
});

test('sends a snapshot to a client from another run of the server', async () => {
  await using api: Api = connect(server.url);
  const first = await new Promise((resolve) => {
    const subscription = api.trpc.stores.watch.subscribe(
      { lastEventId: 'another-run:7' },
      {
        onData({ data }) {
          subscription.unsubscribe();
          resolve(data.type);
        },
      },
    );
  });
  expect(first).toBe('snapshot');
});

test('streams the pods and history of one store until it is deleted', async () => {
  await using api = connect(server.url);
  const { id } = await api.trpc.stores.create.mutate({ name: 'detailed' });
  const phases: string[] = [];
  let whats: string[] = [];
  let pods: string[] = [];
  const removing = Promise.withResolvers<string>();
  api.trpc.stores.watchOne.subscribe(
    { id },
    {
      onData({ data }) {
        if (data.type === 'removed') return removing.resolve(data.name);
        if (phases.at(-1) !== data.store.phase) phases.push(data.store.phase);
        whats = data.history.map(({ what }) => what);
        if (data.store.phase !== 'Ready') return;
        pods = data.pods.filter(({ ready }) => ready).map(({ component }) => component);
        void api.trpc.stores.remove.mutate({ id });
      },
    },
  );
  expect(await removing.promise).toBe('detailed');
  expect(pods).toEqual(['mariadb', 'wordpress']);
  expect(phases.filter((phase) => phase !== 'Queued')).toEqual(['Provisioning', 'Ready', 'Deleting']);
  expect(whats).toEqual(
    expect.arrayContaining([
      'create',
      'Queued',
      'Provisioning',
      'install',
      'DatabaseReady',
      'verify',
      'Ready',
      'delete',
      'Deleting',
    ]),
  );
});

test('answers NOT_FOUND for an unknown id', async () => {
  await using api = connect(server.url);
  const error = await new Promise((resolve) => {
    api.trpc.stores.watchOne.subscribe({ id: 'nope' }, { onError: resolve });
  });
  expect(error).toMatchObject({ data: { shopyard: { code: 'not_found' } } });
});
