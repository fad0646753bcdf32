/** A store whose release was installed with the chart `store`, as `woocommerce` was called before, upgrades in place. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engines } from '@shopyard/engines';
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { createStoreResources } from '../../src/cluster/resources.ts';
import { GENERATION_LABEL, STORE_ID_LABEL } from '../../src/domain/labels.ts';
import { createKubeClient, loadCredentials } from '../../src/kube/client.ts';
import { startOwnCluster } from '../support/own-cluster.ts';
import { OLD_STORE } from '../support/old-store.ts';
import type { Tools } from '../support/tools.ts';

/** The chart as it was last packed under its old name. */
const OLD_CHART = fileURLToPath(new URL('../fixtures/store-0.1.0.tgz', import.meta.url));
const INSTALLATION = 'in_0000000000000000';
const NAMESPACE = OLD_STORE.namespace;
const KEPT = 'persistentvolumeclaims,statefulsets,deployments,services';

interface StoredObject {
  kind: string;
  metadata: { name: string; uid: string; labels: Record<string, string> };
  spec: { selector?: object; volumeName?: string };
}

async function objects(tools: Tools): Promise<StoredObject[]> {
  return (JSON.parse(await tools.kubectl('get', KEPT, '-n', NAMESPACE, '-o', 'json')) as { items: StoredObject[] })
    .items;
}

const identities = (all: StoredObject[]): object[] =>
  all.map(({ kind, metadata: { name, uid }, spec: { selector, volumeName } }) => ({
    kind,
    name,
    uid,
    selector,
    volumeName,
  }));

/** Charts that wrote these objects. Kubernetes' own claims of a StatefulSet carry no such label. */
const chartsOf = (all: StoredObject[]): string[] => [
  ...new Set(all.flatMap(({ metadata }) => metadata.labels['helm.sh/chart'] ?? [])),
];

test('keeps claims, workloads, Services and selectors; the store is Ready before and after', async () => {
  using dir = temporaryDir();
  await using cluster = await startOwnCluster(dir.path);
  const client = createKubeClient(loadCredentials({ kind: 'kubeconfig', kubeconfig: cluster.kubeconfig }));
  const resources = createStoreResources({ client, engines, installation: INSTALLATION });
  const { signal } = new AbortController();
  await resources.ensureNamespace(OLD_STORE, signal);
  await resources.ensureCredentials(OLD_STORE, signal);
  await cluster.tools.helm(
    'upgrade', '--install', 'old', OLD_CHART, '--namespace', NAMESPACE,
    '--labels', `${STORE_ID_LABEL}=${OLD_STORE.id},${GENERATION_LABEL}=1`,
    '--set', `store.id=${OLD_STORE.id},store.name=old,store.url=http://old.localhost`,
  ); // prettier-ignore
  await cluster.tools.kubectl('wait', '-n', NAMESPACE, '--for=condition=available', 'deployment/wordpress');
  const before = await objects(cluster.tools);
  expect(before.map(({ kind, metadata }) => `${kind}/${metadata.name}`).toSorted()).toEqual([
    'Deployment/wordpress',
    'PersistentVolumeClaim/data-mariadb-0',
    'PersistentVolumeClaim/wordpress-content',
    'Service/mariadb',
    'Service/wordpress',
    'StatefulSet/mariadb',
  ]);
  expect(chartsOf(before)).toEqual(['store-0.1.0']);

  await using server = await startServerProcess({
    dataDir: join(dir.path, 'data'),
    env: { ...cluster.env, SHOPYARD_ADOPT: INSTALLATION },
  });
  await using api = connect(server.url);
  using recorder = new StoreRecorder(api);
  const ready = (generation: number): Promise<unknown> =>
    recorder.until(
      `generation ${generation} Ready`,
      ([found]) => found?.phase === 'Ready' && found.observedGeneration === generation,
    );
  await ready(1);
  await api.trpc.stores.update.mutate({ id: OLD_STORE.id, values: { store: { title: 'Renamed' } } });
  await ready(2);

  const after = await objects(cluster.tools);
  expect(identities(after)).toEqual(identities(before));
  expect(chartsOf(after)).toEqual(['woocommerce-0.1.0']);
  const history = JSON.parse(await cluster.tools.helm('history', 'old', '-n', NAMESPACE, '-o', 'json')) as object[];
  expect(history.at(0)).toMatchObject({ revision: 1, chart: 'store-0.1.0', status: 'superseded' });
  expect(history.at(-1)).toMatchObject({ chart: 'woocommerce-0.1.0', status: 'deployed' });
});
