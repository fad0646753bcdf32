/** After an outside `helm uninstall`, Shopyard reinstalls the store around its surviving data. */
import { expect, test } from 'vitest';
import { connect } from '../support/api.ts';
import { startOwnCluster } from '../support/own-cluster.ts';
import { startServerProcess, temporaryDir } from '../support/server-process.ts';
import { StoreRecorder } from '../support/store-recorder.ts';

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
