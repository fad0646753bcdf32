/** A second engine, all of it in support/fake-engine, is served without a change anywhere else. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { openStore } from '../support/open-store.ts';
import { toolsFor } from '../support/tools.ts';

const MAIN = fileURLToPath(new URL('../support/fake-engine/main.ts', import.meta.url));

test('goes from create to Ready, is opened, repaired and deleted', async () => {
  using dir = temporaryDir();
  await using server = await startServerProcess({ dataDir: dir.path, main: MAIN });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  const tools = toolsFor(join(dir.path, 'simulator.kubeconfig'), dir.path);

  const { engines } = await api.trpc.platform.get.query();
  expect(engines).toMatchObject([
    { id: 'woocommerce' },
    { id: 'medusa' },
    { id: 'teashop', title: 'Tea shop', runs: 'simulated', mail: false },
  ]);

  const { id } = await api.trpc.stores.create.mutate({ name: 'tea', engine: 'teashop' });
  await stores.phase('tea', 'Ready');
  const ready = await api.trpc.stores.get.query({ id });
  expect(ready).toMatchObject({ engine: 'teashop', pods: { ready: 2, total: 2 } });
  expect(ready.conditions.map(({ type, status }) => `${type} ${status}`)).toContain('ApplicationReady True');
  expect((await openStore(server.url, 'tea')).body).toContain('Green tea');
  expect(await api.trpc.stores.credentials.mutate({ id })).toMatchObject({
    adminUrl: `${ready.url}/counter`,
    username: 'clerk-of-tea',
  });
  await expect(api.trpc.stores.loginLink.mutate({ id })).rejects.toThrow('Tea shop has no sign-in links');
  const level = await tools.kubectl('get', 'namespace', 'store-tea', '-o', 'jsonpath={.metadata.labels}');
  expect(level).toContain('"pod-security.kubernetes.io/enforce":"restricted"');

  await tools.kubectl('delete', 'deployment', 'front', '-n', 'store-tea');
  await stores.phase('tea', 'Degraded');
  await stores.phase('tea', 'Ready');
  expect((await openStore(server.url, 'tea')).body).toContain('Green tea');

  await api.trpc.stores.create.mutate({ name: 'mugs' });
  await stores.phase('mugs', 'Ready');
  expect((await openStore(server.url, 'mugs')).body).toContain('Sample Mug');

  await api.trpc.stores.remove.mutate({ id });
  await stores.gone('tea');
});

test('leaves its stores alone where a server lacks it, and shows them', async () => {
  using dir = temporaryDir();
  const tools = toolsFor(join(dir.path, 'simulator.kubeconfig'), dir.path);
  let id = '';
  {
    await using server = await startServerProcess({ dataDir: dir.path, main: MAIN });
    await using api = connect(server.url);
    using stores = new StoreRecorder(api);
    ({ id } = await api.trpc.stores.create.mutate({ name: 'tea', engine: 'teashop' }));
    await stores.phase('tea', 'Ready');
  }
  await using server = await startServerProcess({ dataDir: dir.path });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  const refused = /this version of Shopyard has no engine "teashop"/;

  await api.trpc.stores.create.mutate({ name: 'mugs' });
  await stores.phase('mugs', 'Ready');
  expect(await api.trpc.stores.get.query({ id })).toMatchObject({
    engine: 'teashop',
    phase: 'Ready',
    message: expect.stringMatching(/no engine "teashop"/) as string,
  });
  await expect(api.trpc.stores.create.mutate({ name: 'tea-2', engine: 'teashop' })).rejects.toThrow(
    'engine: choose one of the engines: woocommerce, medusa',
  );
  await expect(api.trpc.stores.update.mutate({ id, values: {} })).rejects.toThrow(refused);
  await expect(api.trpc.stores.retry.mutate({ id })).rejects.toThrow(refused);
  await expect(api.trpc.stores.remove.mutate({ id })).rejects.toThrow(refused);

  await tools.kubectl('delete', 'service', 'front', '-n', 'store-tea');
  await tools.kubectl('delete', 'service', 'wordpress', '-n', 'store-mugs');
  await stores.phase('mugs', 'Degraded');
  await stores.phase('mugs', 'Ready');
  const services = await tools.kubectl('get', 'services', '-n', 'store-tea', '-o', 'name');
  expect(services.trim(), 'nothing is repaired').toBe('service/ledger');
});
