/** Moving release records of earlier versions out of Secrets, by the server and by `npm run move-releases`. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { mkdirSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { engines } from '@shopyard/engines';
import { connect, startServerProcess, StoreRecorder } from '@shopyard/testkit';
import { beforeEach, expect, test } from 'vitest';
import { ClusterError } from '../../src/kube/errors.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import { STORE_ID_LABEL } from '../../src/domain/labels.ts';
import { moveReleases } from '../../src/cluster/move-releases.ts';
import { createStoreResources } from '../../src/cluster/resources.ts';
import { useOwnClusterForEach } from '../support/own-cluster-for-each.ts';
import { OLD_STORE } from '../support/old-store.ts';
import { toolsFor } from '../support/tools.ts';

const CHART = fileURLToPath(new URL('../../../charts/woocommerce', import.meta.url));
const SCRIPT = fileURLToPath(new URL('../../src/move-releases.ts', import.meta.url));
const run = promisify(execFile);
const NAMESPACE = OLD_STORE.namespace;
const { signal } = new AbortController();

interface StoredObject {
  metadata: { name: string; labels: Record<string, string> };
  data: Record<string, string>;
}

const INSTALLATION = 'in_0000000000000000';
const own = useOwnClusterForEach();

/** A store with two revisions, as an earlier version of Shopyard leaves it. */
beforeEach(async () => {
  const stores = createStoreResources({ client: own.client, engines, installation: INSTALLATION });
  await stores.ensureNamespace(OLD_STORE, signal);
  await stores.ensureCredentials(OLD_STORE, signal);
  const earlier = toolsFor(own.cluster.kubeconfig, own.dir, { HELM_DRIVER: 'secret' });
  for (const title of ['First', 'Second'])
    await earlier.helm(
      'upgrade', '--install', 'old', CHART, '--namespace', NAMESPACE, '--labels', `${STORE_ID_LABEL}=st_0000000000000001`,
      '--set', `store.id=st_0000000000000001,store.name=old,store.title=${title},store.url=http://old.localhost`,
    ); // prettier-ignore
});

async function recordsIn(kind: 'secrets' | 'configmaps'): Promise<StoredObject[]> {
  const query = { labelSelector: 'owner=helm' };
  const path = `/api/v1/namespaces/${NAMESPACE}/${kind}`;
  return (await own.client.json<{ items: StoredObject[] }>(path, { query })).items;
}

const namesIn = async (kind: 'secrets' | 'configmaps'): Promise<string[]> =>
  (await recordsIn(kind)).map(({ metadata }) => metadata.name);
const BOTH = ['sh.helm.release.v1.old.v1', 'sh.helm.release.v1.old.v2'];

async function history(): Promise<{ revision: number; status: string }[]> {
  return JSON.parse(await own.cluster.tools.helm('history', 'old', '-n', NAMESPACE, '-o', 'json')) as [];
}

test('the server moves release records before it touches a store, and upgrades on top of their history', async () => {
  expect(await namesIn('secrets')).toEqual(BOTH);
  const dataDir = `${own.dir}/data`;
  mkdirSync(dataDir);
  writeFileSync(`${dataDir}/installation`, `${INSTALLATION}\n`);
  await using server = await startServerProcess({ dataDir, env: own.cluster.env });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  await stores.phase('old', 'Ready');
  await api.trpc.stores.update.mutate({ id: 'st_0000000000000001', values: { store: { title: 'Third' } } });
  await stores.until('generation 2', ([store]) => store?.phase === 'Ready' && store.observedGeneration === 2);

  // helm keeps three.
  expect(await history()).toMatchObject([
    { revision: 2, status: 'superseded' },
    { revision: 3, status: 'superseded' },
    { revision: 4, status: 'deployed' },
  ]);
  expect(await namesIn('secrets')).toEqual([]);
  expect(server.log()).toContain('moved 2 release records');

  const secret = await own.client.json<StoredObject>(`/api/v1/namespaces/${NAMESPACE}/secrets/store-credentials`);
  const passwords = Object.entries(secret.data)
    .filter(([key]) => !/username|email/.test(key))
    .map(([, value]) => Buffer.from(value, 'base64').toString());
  expect(passwords.length).toBeGreaterThan(9);
  for (const record of await recordsIn('configmaps')) {
    const text = gunzipSync(Buffer.from(record.data['release'] ?? '', 'base64')).toString();
    expect(text).toContain('store-credentials');
    expect(passwords.filter((password) => text.includes(password))).toEqual([]);
  }
});

/** Fails before or after the n-th write. */
function dyingClient(n: number, when: 'before' | 'after'): KubeClient {
  let writes = 0;
  return {
    ...own.client,
    async json<T>(path: string, request = {}): Promise<T> {
      const write = 'method' in request;
      if (write) writes += 1;
      const dies = write && writes === n;
      if (dies && when === 'before') throw new Error('killed');
      const answer = await own.client.json<T>(path, request);
      if (dies) throw new Error('killed');
      return answer;
    },
  };
}

test.each(
  [1, 2, 3, 4].flatMap((n) => [
    { n, when: 'before' as const },
    { n, when: 'after' as const },
  ]),
)('a move that dies $when write $n is completed by the next, without gaps or duplicates', async ({ n, when }) => {
  const before = await recordsIn('secrets');
  await expect(moveReleases(dyingClient(n, when), [NAMESPACE])).rejects.toThrow('killed');
  const names = new Set([...(await namesIn('secrets')), ...(await namesIn('configmaps'))]);
  expect([...names].toSorted()).toEqual(BOTH);

  await moveReleases(own.client, [NAMESPACE]);
  expect(await namesIn('secrets')).toEqual([]);
  const after = await recordsIn('configmaps');
  expect(after.map(({ metadata }) => [metadata.name, metadata.labels])).toEqual(
    before.map(({ metadata }) => [metadata.name, metadata.labels]),
  );
  expect(await history()).toMatchObject([
    { revision: 1, status: 'superseded' },
    { revision: 2, status: 'deployed' },
  ]);
});

test('leaves the old records of a since reinstalled release in place', async () => {
  await own.cluster.tools.helm(
    'upgrade',
    '--install',
    'old',
    CHART,
    '--namespace',
    NAMESPACE,
    '--set',
    'store.id=st_0000000000000001',
  );
  expect(await moveReleases(own.client, [NAMESPACE])).toEqual({ moved: 0, reinstalled: [NAMESPACE], unknown: [] });
  expect(await namesIn('secrets')).toEqual(BOTH);
});

test('moves nothing and names the store when it may not read Secrets', async () => {
  const restricted: KubeClient = {
    ...own.client,
    json: (path, request) =>
      path.endsWith('/secrets') ? Promise.reject(new ClusterError('forbidden', 'no')) : own.client.json(path, request),
  };
  expect(await moveReleases(restricted, [NAMESPACE])).toEqual({ moved: 0, reinstalled: [], unknown: [NAMESPACE] });
});

test('leaves records outside stores alone', async () => {
  expect(await moveReleases(own.client, ['store-other'])).toEqual({ moved: 0, reinstalled: [], unknown: [] });
  expect(await namesIn('secrets')).toEqual(BOTH);
});

test('the script moves records with a kubeconfig and finds nothing to do on a second run', async () => {
  const env = { PATH: process.env['PATH'], HOME: own.dir, KUBECONFIG: own.cluster.kubeconfig };
  expect((await run(process.execPath, [SCRIPT], { env })).stdout).toBe(
    'Moved 2 release records of 1 stores to ConfigMaps.\n',
  );
  expect((await run(process.execPath, [SCRIPT], { env })).stdout).toContain('Moved 0 release records');
  expect(await namesIn('configmaps')).toEqual(BOTH);
});
