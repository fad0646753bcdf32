/** After an outside `helm uninstall`, Shopyard reinstalls the store around its surviving data. */
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { startOwnCluster } from '../support/own-cluster.ts';

test('uploads and database survive a helm uninstall but not a deletion', async () => {
  using dir = temporaryDir();
  await using cluster = await startOwnCluster(dir.path);
  await using server = await startServerProcess({ dataDir: dir.path, env: cluster.env });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  const { tools } = cluster;
  const claims = (): Promise<string> =>
    tools.kubectl('get', 'pvc', '-n', 'store-kept', '-o', 'jsonpath={.items[*].metadata.uid}');

  const { id } = await api.trpc.stores.create.mutate({ name: 'kept' });
  await stores.phase('kept', 'Ready');
  const before = await claims();
  expect(before.split(' ')).toHaveLength(2);

  await tools.helm('uninstall', 'kept', '-n', 'store-kept');
  await stores.until('noticed', ([store]) => store?.phase !== 'Ready');
  await stores.phase('kept', 'Ready');
  expect(await claims()).toBe(before);

  await api.trpc.stores.remove.mutate({ id });
  await stores.gone('kept');
  expect(await tools.kubectl('get', 'namespaces,pv', '-o', 'name')).not.toMatch(/store-kept|persistentvolume/);
});
