/** Suspended stores have no pods and lose nothing; neither helm, a rebuild nor somebody with kubectl wakes them. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '@shopyard/contracts';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OwnCluster, startOwnCluster } from '../support/own-cluster.ts';

let dir: ReturnType<typeof temporaryDir>;
let cluster: OwnCluster;
let server: ServerProcess;
let api: Api;
let stores: StoreRecorder;

beforeEach(async () => {
  dir = temporaryDir();
  cluster = await startOwnCluster(dir.path);
  await start();
});
afterEach(async () => {
  await stop();
  await cluster[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

async function start(): Promise<void> {
  server = await startServerProcess({ dataDir: join(dir.path, 'data'), env: cluster.env });
  api = connect(server.url);
  stores = new StoreRecorder(api);
  await stores.until('a snapshot', () => true);
}

async function stop(): Promise<void> {
  stores[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
  await server.stop();
}

async function loseDatabase(): Promise<void> {
  await stop();
  for (const file of readdirSync(join(dir.path, 'data')))
    if (file.startsWith('shopyard.db')) rmSync(join(dir.path, 'data', file));
  await start();
}

const kubectl = (...args: string[]): Promise<string> => cluster.tools.kubectl('-n', 'store-alpha', ...args);
const names = (kinds: string): Promise<string> => kubectl('get', kinds, '-o', 'name');
const field = (object: string, path: string): Promise<string> => kubectl('get', object, '-o', `jsonpath={${path}}`);
const releases = (): Promise<string> => kubectl('get', 'configmaps', '-l', 'owner=helm', '-o', 'name');
const scales = async (): Promise<string[]> => [
  await field('deployment/wordpress', '.spec.replicas'),
  await field('statefulset/mariadb', '.spec.replicas'),
  await field('cronjob/cron', '.spec.suspend'),
];
const KEPT = 'persistentvolumeclaims,services,secrets,ingresses,networkpolicies';

async function history(id: string): Promise<string[]> {
  const { timeline } = await api.trpc.stores.timeline.query({ id });
  return timeline
    .filter(({ kind }) => kind === 'call' || kind === 'action')
    .map(({ what, message }) => `${what} ${message}`.replace(/ in [\d.]+ s$/, '').trim());
}

async function ready(): Promise<Store> {
  const store = await api.trpc.stores.create.mutate({ name: 'alpha' });
  await stores.phase('alpha', 'Ready');
  return store;
}

async function suspended(id: string): Promise<void> {
  await api.trpc.stores.suspend.mutate({ id });
  await stores.phase('alpha', 'Suspended');
  await expect.poll(() => names('pods,jobs')).toBe('');
}

async function resumed(id: string): Promise<void> {
  await api.trpc.stores.resume.mutate({ id });
  await stores.phase('alpha', 'Ready');
}

test('keeps all but the pods, and resumes without helm and without a setup', async () => {
  const { id } = await ready();
  const [kept, records] = [await names(KEPT), await releases()];
  const seen: Store[] = [];
  await api.trpc.stores.suspend.mutate({ id, reason: 'holidays' });
  await stores.until('Suspended', ([store]) => {
    if (store) seen.push(store);
    return store?.phase === 'Suspended';
  });
  expect(seen.at(-1)).toMatchObject({ suspended: true, pods: { ready: 0, total: 0 }, generation: 1 });
  await expect.poll(() => names('pods,jobs')).toBe('');
  expect(await scales()).toEqual(['0', '0', 'true']);
  expect([await names(KEPT), await releases()]).toEqual([kept, records]);

  await resumed(id);
  await stores.until('awake', ([store]) => {
    if (store) seen.push(store);
    return store?.phase === 'Ready' && store.pods.ready === 2;
  });
  expect(await scales()).toEqual(['1', '1', 'false']);
  expect(new Set(seen.map(({ attention }) => attention.level))).toEqual(new Set(['ok', 'working']));
  expect(seen.map(({ phase }) => phase)).not.toContain('Degraded');
  expect([await names(KEPT), await releases(), await names('jobs')]).toEqual([kept, records, '']);
  expect((await history(id)).slice(3)).toEqual([
    'suspend holidays',
    'suspend suspend (shop)',
    'suspend suspend (database)',
    'resume',
    'resume resume',
    expect.stringMatching(/^verify verify/),
  ]);
});

test('stops the shop before its database', async () => {
  const { id } = await ready();
  await kubectl(
    'patch',
    'pod',
    await field('pods', '.items[?(@.metadata.labels.app\\.kubernetes\\.io/component=="wordpress")].metadata.name'),
    '--type=merge',
    '-p',
    '{"metadata":{"finalizers":["example.com/hold"]}}',
  );
  await api.trpc.stores.suspend.mutate({ id });
  await expect.poll(scales).toEqual(['0', '1', 'true']);
  const [store] = stores.stores.values();
  expect(store).toMatchObject({ phase: 'Upgrading', reason: 'Suspending' });
  const pod = (await names('pods')).split('\n').find((name) => name.includes('wordpress')) ?? '';
  await kubectl('patch', pod, '--type=merge', '-p', '{"metadata":{"finalizers":null}}');
  await stores.phase('alpha', 'Suspended');
  expect(await scales()).toEqual(['0', '0', 'true']);
});

test('takes changes while it is suspended, and applies them once it resumes', async () => {
  const { id } = await ready();
  await suspended(id);
  await api.trpc.stores.update.mutate({ id, values: { store: { title: 'New' } } });
  await stores.until('the change', ([store]) => store?.reason === 'ChangeWaiting' && store.phase === 'Suspended');
  expect(await names('pods,jobs')).toBe('');
  expect((await api.trpc.stores.retry.mutate({ id })).generation).toBe(2);
  await expect(api.trpc.stores.restart.mutate({ id })).rejects.toThrow(/suspended/);
  await resumed(id);
  expect(await scales()).toEqual(['1', '1', 'false']);
  expect(await cluster.tools.helm('get', 'values', 'alpha', '-n', 'store-alpha')).toContain('New');
  expect(await names('jobs')).toContain('setup-2');
  await stores.until('generation 2', ([store]) => store?.observedGeneration === 2);
});

test('is neither woken by a later server nor by a lost database, and resumes after both', async () => {
  const { id } = await ready();
  await suspended(id);
  await stop();
  await start();
  await stores.phase('alpha', 'Suspended');
  await loseDatabase();
  await stores.phase('alpha', 'Suspended');
  expect(await history(id)).toEqual([expect.stringMatching(/^rebuilt/)]);
  expect(await names('pods,jobs')).toBe('');
  expect(await scales()).toEqual(['0', '0', 'true']);
  await resumed(id);
  await loseDatabase();
  await stores.until('awake', ([store]) => store?.phase === 'Ready' && store.pods.ready === 2);
});

test('is put back to sleep where somebody else wakes it, and what it keeps is restored', async () => {
  const { id } = await ready();
  await suspended(id);
  await kubectl('scale', 'deployment/wordpress', 'statefulset/mariadb', '--replicas=1');
  await expect.poll(scales).toEqual(['0', '0', 'true']);
  await kubectl('patch', 'cronjob', 'cron', '--type=merge', '-p', '{"spec":{"suspend":false}}');
  await expect.poll(scales).toEqual(['0', '0', 'true']);
  await kubectl('delete', 'service/wordpress', 'deployment/wordpress');
  await expect.poll(() => names('services,deployments')).toMatch(/service\/wordpress[^]*deployment\S+wordpress/);
  await stores.phase('alpha', 'Suspended');
  await expect.poll(() => names('pods,jobs')).toBe('');
  expect(await scales()).toEqual(['0', '0', 'true']);
  await resumed(id);
});

test('is suspended and resumed in the middle of its creation, and deleted while suspended', async () => {
  const { id } = await api.trpc.stores.create.mutate({ name: 'alpha' });
  await stores.until('pods', ([store]) => (store?.pods.total ?? 0) > 0);
  await suspended(id);
  await resumed(id);
  await suspended(id);
  await api.trpc.stores.remove.mutate({ id });
  await expect(api.trpc.stores.resume.mutate({ id })).rejects.toThrow('the store is being deleted');
  await stores.gone('alpha');
});
