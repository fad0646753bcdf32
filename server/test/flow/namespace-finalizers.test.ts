/** Cluster managers such as Rancher put a finalizer on every namespace, and may be gone before they remove it. */
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { startOwnCluster } from '../support/own-cluster.ts';

const FINALIZER = 'controller.cattle.io/namespace-auth';

test("names a namespace's own finalizer; a forced deletion removes it", async () => {
  using dir = temporaryDir();
  await using cluster = await startOwnCluster(dir.path);
  await using server = await startServerProcess({ dataDir: dir.path, env: cluster.env });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  const { id } = await api.trpc.stores.create.mutate({ name: 'managed' });
  await stores.phase('managed', 'Ready');
  const patch = JSON.stringify({ metadata: { finalizers: [FINALIZER] } });
  await cluster.tools.kubectl('patch', 'namespace', 'store-managed', '--type=merge', '-p', patch);

  await api.trpc.stores.remove.mutate({ id });
  const emptied = ([store]: { phase: string; message?: string | undefined }[]): boolean =>
    store?.phase === 'Deleting' &&
    store.message === `Waiting for the namespace: The namespace itself has finalizers: ${FINALIZER}.`;
  await stores.until('the finalizer is named, and nothing else', emptied);

  await api.trpc.stores.forceRemove.mutate({ id, confirm: 'managed' });
  await stores.gone('managed');
  expect(await cluster.tools.kubectl('get', 'namespaces', '-o', 'name')).not.toContain('store-managed');
});
