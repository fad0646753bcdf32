/** The main job on whichever cluster: create, watch, open, look at it with the usual tools, delete. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, connect } from '../support/api.ts';
import { openStore } from '../support/open-store.ts';
import { type ServerProcess, startServerProcess, temporaryDir } from '../support/server-process.ts';
import { StoreRecorder } from '../support/store-recorder.ts';
import { kubeconfigOf, openTestCluster, PATIENCE_MS, type TestCluster, uniqueName } from '../support/test-cluster.ts';
import { type Tools, toolsFor } from '../support/tools.ts';

const dir = temporaryDir();
let cluster: TestCluster;
let server: ServerProcess;
let api: Api;
let stores: StoreRecorder;
let tools: Tools;

beforeAll(async () => {
  cluster = await openTestCluster(dir.path);
  server = await startServerProcess({ dataDir: dir.path, env: cluster.env });
  api = connect(server.url);
  stores = new StoreRecorder(api);
  await stores.until('a snapshot', () => true);
  tools = toolsFor(kubeconfigOf(dir.path), dir.path);
});

afterAll(async () => {
  stores[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
  await server.stop();
  await cluster[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

test('a store comes up, is seen by helm and kubectl, answers over HTTP, and leaves nothing behind', async () => {
  const name = uniqueName('alpha');
  const created = await api.trpc.stores.create.mutate({ name });
  expect(created).toMatchObject({ name, namespace: `store-${name}`, phase: 'Queued', engine: 'woocommerce' });

  const ready = (await stores.phase(name, 'Ready', PATIENCE_MS)).find((store) => store.name === name);
  expect(ready?.conditions.map(({ type, status }) => [type, status])).toEqual([
    ['NamespaceReady', 'True'],
    ['ReleaseDeployed', 'True'],
    ['DatabaseReady', 'True'],
    ['WordPressReady', 'True'],
    ['StorefrontVerified', 'True'],
  ]);
  expect(ready?.pods).toEqual({ ready: 2, total: 2 });
  expect(stores.phases.get(name)).toEqual(['Queued', 'Provisioning', 'Ready']);

  const releases = JSON.parse(await tools.helm('list', '-A', '-o', 'json')) as {
    name: string;
    status: string;
    namespace: string;
  }[];
  expect(releases).toContainEqual(expect.objectContaining({ name, namespace: created.namespace, status: 'deployed' }));
  const all = await tools.kubectl('get', 'all', '--namespace', created.namespace);
  expect(all).toMatch(/pod\/mariadb-0\s+1\/1\s+Running/);
  expect(all).toMatch(/deployment.apps\/wordpress\s+1\/1/);
  expect(all).toMatch(/job.batch\/setup-1\s+Complete\s+1\/1/);
  expect(await tools.kubectl('logs', '--namespace', created.namespace, 'mariadb-0')).toContain('ready for connections');
  const volumes = await volumesOf(created.namespace);
  expect(volumes).toHaveLength(2);
  const page = await openStore(server.url, name);
  expect(page.status).toBe(200);
  expect(page.body.toLowerCase()).toContain('<html');

  await api.trpc.stores.remove.mutate({ id: created.id });
  await stores.gone(name, PATIENCE_MS);
  await expect(tools.kubectl('get', 'namespace', created.namespace)).rejects.toThrow(/not found/);
  await expect.poll(() => volumesOf(created.namespace), { timeout: PATIENCE_MS }).toEqual([]);
  await expect(api.trpc.stores.get.query({ id: created.id })).rejects.toThrow(/there is no store/);
});

test('an image that does not exist is explained, and mended by an update', async () => {
  const name = uniqueName('wrong');
  const { id } = await api.trpc.stores.create.mutate({
    name,
    values: { wordpress: { image: { tag: 'no-such-tag' } } },
  });
  const found = await stores.until(
    'an explanation',
    (all) => all.some((store) => store.id === id && store.reason?.startsWith('Image')),
    PATIENCE_MS,
  );
  expect(found.find((store) => store.id === id)?.message).toContain('no-such-tag');

  await api.trpc.stores.update.mutate({ id, values: {} });
  await stores.phase(name, 'Ready', PATIENCE_MS);
  await api.trpc.stores.remove.mutate({ id });
  await stores.gone(name, PATIENCE_MS);
});

test('a store that is deleted while it comes up is gone like any other', async () => {
  const name = uniqueName('hasty');
  const { id, namespace } = await api.trpc.stores.create.mutate({ name });
  await stores.phase(name, 'Provisioning', PATIENCE_MS);
  await Promise.all([api.trpc.stores.remove.mutate({ id }), api.trpc.stores.remove.mutate({ id })]);
  await stores.gone(name, PATIENCE_MS);
  await expect(tools.kubectl('get', 'namespace', namespace)).rejects.toThrow(/not found/);
});

test('a namespace of that name that is not ours is left alone, and the conflict is told', async () => {
  const name = uniqueName('foreign');
  await tools.kubectl('create', 'namespace', `store-${name}`);
  const { id } = await api.trpc.stores.create.mutate({ name });
  const failed = await stores.phase(name, 'Failed', PATIENCE_MS);
  expect(failed.find((store) => store.id === id)).toMatchObject({ reason: 'NamespaceConflict' });

  await api.trpc.stores.remove.mutate({ id });
  await stores.gone(name, PATIENCE_MS);
  expect(await tools.kubectl('get', 'namespace', `store-${name}`)).toContain('Active');
  await tools.kubectl('delete', 'namespace', `store-${name}`, '--wait=false');
});

async function volumesOf(namespace: string): Promise<unknown[]> {
  const list = JSON.parse(await tools.kubectl('get', 'persistentvolumes', '-o', 'json')) as {
    items: { spec: { claimRef?: { namespace: string } } }[];
  };
  return list.items.filter((volume) => volume.spec.claimRef?.namespace === namespace);
}
