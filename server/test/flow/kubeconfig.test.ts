/** A kubeconfig environment that works for kubectl works for the server and its helm too. */
import { join } from 'node:path';
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { startSimulator } from '../support/simulator.ts';
import { startClusterBehindTls } from '../support/cluster-behind-tls.ts';
import { toolsFor } from '../support/tools.ts';

test('makes a store Ready via TLS, several kubeconfig files and a plugin that needs environment and home', async () => {
  using dir = temporaryDir();
  await using simulator = await startSimulator({ speed: 0 });
  await using front = await startClusterBehindTls(simulator.url, dir.path);
  const tools = toolsFor(front.env.KUBECONFIG, front.env.HOME, front.env);
  expect(await tools.kubectl('get', 'namespaces')).toContain('kube-system');

  await using server = await startServerProcess({
    dataDir: join(dir.path, 'data'),
    // Helm's own variables name another cluster and storage driver; releases still follow the kubeconfig.
    env: { ...front.env, SHOPYARD_CLUSTER: 'kubeconfig', HELM_DRIVER: 'memory', HELM_KUBETOKEN: 'wrong' },
  });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  await api.trpc.stores.create.mutate({ name: 'cloud' });
  await stores.phase('cloud', 'Ready');
  expect(await tools.kubectl('get', 'configmaps', '-n', 'store-cloud', '-l', 'owner=helm', '-o', 'name')).toMatch(
    /cloud\.v1/,
  );

  // A token without an expiry date is requested again once it is refused.
  front.rotate();
  await api.trpc.stores.create.mutate({ name: 'renewed' });
  await stores.phase('renewed', 'Ready');
});
