/** Custom domains: the store uses its domain everywhere, and `ingress.host` is the only way to set it. */
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOwnCluster, type OwnCluster } from '../support/own-cluster.ts';

const dir = temporaryDir();
let cluster: OwnCluster;
let server: ServerProcess;
let api: Api;
let stores: StoreRecorder;

beforeAll(async () => {
  cluster = await startOwnCluster(dir.path);
  server = await startServerProcess({ dataDir: dir.path, env: cluster.env });
  api = connect(server.url);
  stores = new StoreRecorder(api);
});

afterAll(async () => {
  stores[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
  await server.stop();
  await cluster[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

test('ingress.host sets the address in dashboard, links and ingress; unsetting it restores the default', async () => {
  const { id, url } = await api.trpc.stores.create.mutate({ name: 'own' });
  expect(url).toMatch(/^http:\/\/own\.localhost:\d+$/);
  await stores.phase('own', 'Ready');

  const settled = async (values: object): Promise<string | undefined> => {
    const { generation } = await api.trpc.stores.update.mutate({ id, values: { ...values } });
    const [store] = await stores.until(
      `generation ${generation}`,
      ([store]) => store?.phase === 'Ready' && store.observedGeneration === generation,
    );
    return store?.url;
  };
  const kubectl = (...args: string[]): Promise<string> => cluster.tools.kubectl('get', '-n', 'store-own', ...args);
  const ingress = { enabled: true, host: 'shop.example.test', tls: { enabled: true } };
  expect(await settled({ ingress })).toBe('https://shop.example.test');
  const deployment = await kubectl('deployment', 'wordpress', '-o', 'yaml');
  expect(deployment).toContain("define('WP_HOME', 'https://shop.example.test')");
  expect(deployment).not.toContain('own.localhost');
  expect(await kubectl('ingress', 'wordpress', '-o', 'jsonpath={.spec.rules[*].host}')).toBe('shop.example.test');

  expect(await settled({})).toBe(url);
  expect(await kubectl('deployment', 'wordpress', '-o', 'yaml')).not.toContain('shop.example.test');
});

test('refuses a second store at the same address and names the field to change', async () => {
  const values = { ingress: { enabled: true, host: 'both.example.test' } };
  const { id } = await api.trpc.stores.create.mutate({ name: 'first', values });
  await expect(
    api.trpc.stores.create.mutate({
      name: 'second',
      values: { ingress: { enabled: true, host: 'both.example.test' } },
    }),
  ).rejects.toThrow('values.ingress.host: both.example.test is the address of the store first: choose another one');
  const second = await api.trpc.stores.create.mutate({ name: 'second' });
  await expect(api.trpc.stores.update.mutate({ id: second.id, values })).rejects.toThrow('values.ingress.host');
  // A store doesn't conflict with its own address.
  await api.trpc.stores.update.mutate({ id, values });
  for (const one of [id, second.id]) await api.trpc.stores.remove.mutate({ id: one });
});

test.each([
  { field: 'url', value: 'https://elsewhere.test', remedy: 'ingress.host' },
  { field: 'name', value: 'another', remedy: 'keeps the name' },
  { field: 'id', value: 'st_1', remedy: 'set by Shopyard' },
])('store.$field is refused by name, not ignored', async ({ field, value, remedy }) => {
  const { id } = [...stores.stores.values()][0] ?? { id: '' };
  const answer = await fetch(`${server.url}/stores/${id}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ values: { store: { [field]: value } } }),
  });
  expect(answer.status).toBe(400);
  const text = await answer.text();
  expect(text).toContain(`values.store.${field}`);
  expect(text).toContain(remedy);
});
