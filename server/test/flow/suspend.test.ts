/** Suspended stores have no pods and lose nothing; neither helm, a rebuild nor somebody with kubectl wakes them. */
import type { Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { useOwnServer } from '../support/use-own-server.ts';

const own = useOwnServer();

const kubectl = (...args: string[]): Promise<string> => own.cluster.tools.kubectl('-n', 'store-alpha', ...args);
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
  const { timeline } = await own.api.trpc.stores.timeline.query({ id });
  return timeline
    .filter(({ kind }) => kind === 'call' || kind === 'action')
    .map(({ what, message }) => `${what} ${message}`.replace(/ in [\d.]+ s$/, '').trim());
}

async function ready(): Promise<Store> {
  const store = await own.api.trpc.stores.create.mutate({ name: 'alpha' });
  await own.stores.phase('alpha', 'Ready');
  return store;
}

async function suspended(id: string): Promise<void> {
  await own.api.trpc.stores.suspend.mutate({ id });
  await own.stores.phase('alpha', 'Suspended');
  await expect.poll(() => names('pods,jobs')).toBe('');
}

async function resumed(id: string): Promise<void> {
  await own.api.trpc.stores.resume.mutate({ id });
  await own.stores.phase('alpha', 'Ready');
}

test('keeps all but the pods, and resumes without helm and without a setup', async () => {
  const { id } = await ready();
  const [kept, records] = [await names(KEPT), await releases()];
  const seen: Store[] = [];
  await own.api.trpc.stores.suspend.mutate({ id, reason: 'holidays' });
  await own.stores.until('Suspended', ([store]) => {
    if (store) seen.push(store);
    return store?.phase === 'Suspended';
  });
  expect(seen.at(-1)).toMatchObject({ suspended: true, pods: { ready: 0, total: 0 }, generation: 1 });
  await expect.poll(() => names('pods,jobs')).toBe('');
  expect(await scales()).toEqual(['0', '0', 'true']);
  expect([await names(KEPT), await releases()]).toEqual([kept, records]);

  await resumed(id);
  await own.stores.until('awake', ([store]) => {
    if (store) seen.push(store);
    return store?.phase === 'Ready' && store.pods.ready === 2;
  });
  expect(await scales()).toEqual(['1', '1', 'false']);
  expect(new Set(seen.map(({ attention }) => attention.level))).toEqual(new Set(['ok', 'working']));
  expect(seen.map(({ phase }) => phase)).not.toContain('Degraded');
  expect([await names(KEPT), await releases(), await names('jobs')]).toEqual([kept, records, '']);
  expect((await history(id)).slice(3)).toEqual([
    'suspend reason: holidays',
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
  await own.api.trpc.stores.suspend.mutate({ id });
  await expect.poll(scales).toEqual(['0', '1', 'true']);
  const [store] = own.stores.stores.values();
  expect(store).toMatchObject({ phase: 'Upgrading', reason: 'Suspending' });
  const pod = (await names('pods')).split('\n').find((name) => name.includes('wordpress')) ?? '';
  await kubectl('patch', pod, '--type=merge', '-p', '{"metadata":{"finalizers":null}}');
  await own.stores.phase('alpha', 'Suspended');
  expect(await scales()).toEqual(['0', '0', 'true']);
});

test('takes changes while it is suspended, and applies them once it resumes', async () => {
  const { id } = await ready();
  await suspended(id);
  await own.api.trpc.stores.update.mutate({ id, values: { store: { title: 'New' } } });
  await own.stores.until('the change', ([store]) => store?.reason === 'ChangeWaiting' && store.phase === 'Suspended');
  expect((await own.api.trpc.stores.get.query({ id })).operation).toMatchObject({ state: 'waiting', step: 'Resume' });
  expect(await names('pods,jobs')).toBe('');
  expect((await own.api.trpc.stores.retry.mutate({ id })).generation).toBe(1);
  await expect(own.api.trpc.stores.restart.mutate({ id })).rejects.toThrow(/suspended/);
  await resumed(id);
  expect(await scales()).toEqual(['1', '1', 'false']);
  expect(await own.cluster.tools.helm('get', 'values', 'alpha', '-n', 'store-alpha')).toContain('New');
  expect(await names('jobs')).toContain('setup-2');
  await own.stores.until('generation 2', ([store]) => store?.observedGeneration === 2);
});

test('a change that is taken back while it is suspended leaves no trace in the cluster', async () => {
  const { id } = await ready();
  await suspended(id);
  const records = await releases();
  await own.api.trpc.stores.update.mutate({ id, values: { store: { title: 'New' } } });
  const annotations = (): Promise<string> => field('namespace/store-alpha', '.metadata.annotations');
  await expect.poll(annotations).toContain('shopyard.dev/waiting');
  await own.loseDatabase();
  await own.stores.until('the change', ([store]) => store?.operation?.step === 'Resume');
  await own.api.trpc.stores.cancel.mutate({ id });
  await expect.poll(annotations).not.toContain('shopyard.dev/waiting');
  await own.stores.until('the end', ([store]) => store?.phase === 'Suspended' && store.reason === undefined);
  await resumed(id);
  const { generation, operation } = await own.api.trpc.stores.get.query({ id });
  expect({ generation, operation }).toEqual({ generation: 1, operation: undefined });
  expect(await releases()).toBe(records);
});

test('is neither woken by a later server nor by a lost database, and resumes after both', async () => {
  const { id } = await ready();
  await suspended(id);
  await own.stop();
  await own.start();
  await own.stores.phase('alpha', 'Suspended');
  await own.loseDatabase();
  await own.stores.phase('alpha', 'Suspended');
  expect(await history(id)).toEqual([expect.stringMatching(/^rebuilt/)]);
  expect(await names('pods,jobs')).toBe('');
  expect(await scales()).toEqual(['0', '0', 'true']);
  await resumed(id);
  await own.loseDatabase();
  await own.stores.until('awake', ([store]) => store?.phase === 'Ready' && store.pods.ready === 2);
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
  await own.stores.phase('alpha', 'Suspended');
  await expect.poll(() => names('pods,jobs')).toBe('');
  expect(await scales()).toEqual(['0', '0', 'true']);
  await resumed(id);
});

test('is suspended and resumed in the middle of its creation, and deleted while suspended', async () => {
  const { id } = await own.api.trpc.stores.create.mutate({ name: 'alpha' });
  await own.stores.until('pods', ([store]) => (store?.pods.total ?? 0) > 0);
  await suspended(id);
  await resumed(id);
  await suspended(id);
  await own.api.trpc.stores.remove.mutate({ id });
  await expect(own.api.trpc.stores.resume.mutate({ id })).rejects.toThrow('the store is being deleted');
  await own.stores.gone('alpha');
});
