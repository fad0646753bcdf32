/** Helm records tampered with by someone who may write ConfigMaps in a store's namespace change nothing outside it. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kubeconfigOf } from '../support/test-cluster.ts';
import { type Tools, toolsFor } from '../support/tools.ts';

interface ConfigMap {
  metadata: { name: string; labels: Record<string, string> };
  data: { release: string };
}

interface StoredRelease {
  manifest: string;
  version: number;
  info: { status: string };
}

const dir = temporaryDir();
let server: ServerProcess;
let api: Api;
let tools: Tools;

beforeAll(async () => {
  server = await startServerProcess({ dataDir: dir.path });
  api = connect(server.url);
  tools = toolsFor(kubeconfigOf(dir.path), dir.path);
  await tools.kubectl('create', 'configmap', 'victim', '-n', 'default');
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await server.stop();
  dir[Symbol.dispose]();
});

const objectIn = (namespace: string, name: string, annotations = ''): string =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: ${namespace}${annotations} }\n`;

async function recordOf(name: string, revision: number): Promise<{ object: ConfigMap; release: StoredRelease }> {
  const text = await tools.kubectl(
    'get', 'configmap', `sh.helm.release.v1.${name}.v${revision}`, '-n', `store-${name}`, '-o', 'json',
  ); // prettier-ignore
  const object = JSON.parse(text) as ConfigMap;
  const bytes = gunzipSync(Buffer.from(object.data.release, 'base64'));
  return { object, release: JSON.parse(bytes.toString()) as StoredRelease };
}

/** Writes the record; a new name creates another one. */
async function writeRecord(namespace: string, { metadata }: ConfigMap, release: StoredRelease): Promise<void> {
  const { name, labels } = metadata;
  const data = { release: gzipSync(JSON.stringify(release)).toString('base64') };
  const file = join(dir.path, 'record.json');
  writeFileSync(
    file,
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels }, data }),
  );
  await tools.kubectl('apply', '--server-side', '--force-conflicts', '-f', file);
}

async function createStore(stores: StoreRecorder, name: string): Promise<string> {
  const { id } = await api.trpc.stores.create.mutate({ name });
  await stores.phase(name, 'Ready');
  return id;
}

test('an upgrade deletes nothing outside the store, whatever a release record claims', async () => {
  using stores = new StoreRecorder(api);
  const id = await createStore(stores, 'alpha');
  const { object, release } = await recordOf('alpha', 1);
  await writeRecord('store-alpha', object, { ...release, manifest: release.manifest + objectIn('default', 'victim') });
  await api.trpc.stores.update.mutate({ id, values: { store: { title: 'Other' } } });
  const [store] = await stores.phase('alpha', 'Failed');
  expect(store).toMatchObject({
    reason: 'ManifestRefused',
    message: expect.stringContaining(
      'sh.helm.release.v1.alpha.v1 was refused: a ConfigMap (v1) is for the namespace "default"',
    ) as string,
  });
  expect(await tools.kubectl('get', 'configmap', 'victim', '-n', 'default', '-o', 'name')).toContain('victim');

  await api.trpc.stores.remove.mutate({ id });
  await stores.gone('alpha');
  expect(await tools.kubectl('get', 'configmap', 'victim', '-n', 'default', '-o', 'name')).toContain('victim');
});

test('a rollback creates nothing outside the store, whatever a release record requests', async () => {
  using stores = new StoreRecorder(api);
  await createStore(stores, 'beta');
  const { object, release } = await recordOf('beta', 1);
  const kept = ', annotations: { helm.sh/resource-policy: keep }';
  const manifest = release.manifest + objectIn('kube-system', 'intruder', kept);
  const { labels } = object.metadata;
  await writeRecord(
    'store-beta',
    { ...object, metadata: { name: object.metadata.name, labels: { ...labels, status: 'superseded' } } },
    { ...release, manifest, info: { ...release.info, status: 'superseded' } },
  );
  await writeRecord(
    'store-beta',
    {
      ...object,
      metadata: {
        name: 'sh.helm.release.v1.beta.v2',
        labels: { ...labels, version: '2', status: 'pending-upgrade', createdAt: '1', modifiedAt: '1' },
      },
    },
    { ...release, version: 2, info: { ...release.info, status: 'pending-upgrade' } },
  );
  const [store] = await stores.phase('beta', 'Failed');
  expect(store?.reason).toBe('ManifestRefused');
  expect(await tools.kubectl('get', 'configmaps', '-n', 'kube-system', '-o', 'name')).not.toContain('intruder');
});
