/** Custom domains: the store uses its domain everywhere, and `ingress.host` is the only way to set it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOwnCluster, type OwnCluster } from '../support/own-cluster.ts';
import { useServer } from '../support/use-server.ts';

let cluster: OwnCluster;
// After the server: these hooks run in reverse.
afterAll(() => cluster[Symbol.asyncDispose]());
const used = useServer();

beforeAll(async () => {
  cluster = await startOwnCluster(used.dir);
  await used.start(cluster.env);
});

test('ingress.host sets the address in dashboard, links and ingress; unsetting it restores the default', async () => {
  const { id, url } = await used.api.trpc.stores.create.mutate({ name: 'own' });
  expect(url).toMatch(/^http:\/\/own\.localhost:\d+$/);
  await used.stores.phase('own', 'Ready');

  const settled = async (values: object): Promise<string | undefined> => {
    const { generation } = await used.api.trpc.stores.update.mutate({ id, values: { ...values } });
    const [store] = await used.stores.until(
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
  const { id } = await used.api.trpc.stores.create.mutate({ name: 'first', values });
  await expect(
    used.api.trpc.stores.create.mutate({
      name: 'second',
      values: { ingress: { enabled: true, host: 'both.example.test' } },
    }),
  ).rejects.toThrow('values.ingress.host: both.example.test is the address of the store first: choose another one');
  const second = await used.api.trpc.stores.create.mutate({ name: 'second' });
  await expect(used.api.trpc.stores.update.mutate({ id: second.id, values })).rejects.toThrow('values.ingress.host');
  // A store doesn't conflict with its own address.
  await used.api.trpc.stores.update.mutate({ id, values });
  for (const one of [id, second.id]) await used.api.trpc.stores.remove.mutate({ id: one });
});

test.each([
  { field: 'url', value: 'https://elsewhere.test', remedy: 'ingress.host' },
  { field: 'name', value: 'another', remedy: 'keeps the name' },
  { field: 'id', value: 'st_1', remedy: 'set by Shopyard' },
])('store.$field is refused by name, not ignored', async ({ field, value, remedy }) => {
  const { id } = [...used.stores.stores.values()][0] ?? { id: '' };
  const answer = await fetch(`${used.server.url}/stores/${id}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ values: { store: { [field]: value } } }),
  });
  expect(answer.status).toBe(400);
  const text = await answer.text();
  expect(text).toContain(`values.store.${field}`);
  expect(text).toContain(remedy);
});
