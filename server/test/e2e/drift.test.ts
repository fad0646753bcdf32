/** Drift: objects of a Ready store are deleted or changed; it is detected, reported and repaired where safe. */
import { beforeAll, expect, test } from 'vitest';
import type { Store } from '@shopyard/contracts';
import { useSuite } from '../support/suite.ts';
import { STORE_ROLE } from '../support/least-privilege.ts';
import { PATIENCE_MS, PLAIN, REAL, uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();
let store: Store;

beforeAll(async () => {
  store = await suite.create(uniqueName('drift'), PLAIN);
  await suite.settled(store.id, 1);
}, PATIENCE_MS);

const kubectl = (...args: string[]): Promise<string> => suite.tools.kubectl(...args, '-n', store.namespace);

/** Resolves with the store once it reports this reason, and logs how long that took. */
async function reports(reason: string, act: () => Promise<unknown>): Promise<Store> {
  const reported = suite.stores.until(
    reason,
    (all) => all.some((other) => other.id === store.id && other.reason === reason),
    PATIENCE_MS,
  );
  await act();
  const acted = performance.now();
  const found = (await reported).find(({ id }) => id === store.id);
  process.stderr.write(
    `${reason} was seen ${Math.max(0, performance.now() - acted).toFixed(0)} ms after kubectl ended.\n`,
  );
  return found ?? store;
}

const uidOf = (namespace: string): Promise<string> =>
  suite.tools.kubectl('get', 'namespace', namespace, '-o', 'jsonpath={.metadata.uid}');
const ready = (): Promise<unknown> => suite.stores.phase(store.name, 'Ready', PATIENCE_MS);

const recordsAndJobs = (): Promise<string> =>
  kubectl('get', 'configmaps,jobs', '-l', 'owner=helm', '-o', 'name').then(async (records) => {
    const jobs = await kubectl('get', 'jobs', '-l', 'app.kubernetes.io/component=setup', '-o', 'name');
    return records + jobs;
  });
const actions = async (): Promise<string[]> => {
  const { timeline } = await suite.api.trpc.stores.timeline.query({ id: store.id });
  return timeline.filter(({ kind }) => kind === 'action').map(({ message }) => message);
};

test('leaves labels, restarts and additions by others alone, without a revision or a setup', async () => {
  const before = await recordsAndJobs();
  const done = (await actions()).length;
  await kubectl('annotate', 'service', 'wordpress', 'field.cattle.io/publicEndpoints=[]');
  await kubectl('label', 'configmap', 'setup', 'example.com/scanned=yes');
  await kubectl('annotate', 'secret', 'store-credentials', 'example.com/backup=1');
  await kubectl('label', 'deployment', 'wordpress', 'example.com/team=shops');
  await kubectl('annotate', 'networkpolicy', 'mariadb', 'example.com/note=seen');
  await kubectl('rollout', 'restart', 'deployment', 'wordpress');
  const port = '[{"op": "add", "path": "/spec/ports/-", "value": {"name": "metrics", "port": 9113}}]';
  await kubectl('patch', 'service', 'wordpress', '--type=json', '-p', port);
  const env =
    '[{"op": "add", "path": "/spec/template/spec/containers/0/env/-", "value": {"name": "EXTRA", "value": "1"}}]';
  await kubectl('patch', 'deployment', 'wordpress', '--type=json', '-p', env);
  const log = async (): Promise<string> => (await actions()).join('\n');
  await expect.poll(log, { timeout: PATIENCE_MS }).toMatch(/foreign-fields left \(.*Deployment\/wordpress: kubectl/);
  await expect.poll(log, { timeout: PATIENCE_MS }).toMatch(/foreign-fields left \(.*Service\/wordpress: kubectl/);
  await ready();
  expect(await recordsAndJobs()).toBe(before);
  expect((await actions()).slice(done).filter((message) => !message.startsWith('foreign-fields'))).toEqual([]);
  expect(await kubectl('get', 'service', 'wordpress', '-o', 'jsonpath={.spec.ports[*].name}')).toContain('metrics');
  expect(await kubectl('get', 'deployment', 'wordpress', '-o', 'yaml')).toContain('EXTRA');
});

// The binding of Shopyard's own rights exists only where its account is restricted.
const OBJECTS = ['deployment/wordpress', 'service/mariadb', 'configmap/setup', 'networkpolicy/mariadb'];
test.each([...OBJECTS, ...(REAL ? ['rolebinding/shopyard'] : [])])('restores a deleted %s', async (object) => {
  const seen = await reports('ObjectMissing', () => kubectl('delete', object, '--wait=false'));
  expect(seen.phase).toBe('Degraded');
  await ready();
  expect(await kubectl('get', object, '-o', 'name')).toContain(object.split('/')[1]);
});

test('reverts a changed service', async () => {
  const patch = '{"spec": {"selector": {"app.kubernetes.io/component": "nothing"}}}';
  await reports('ObjectChanged', () => kubectl('patch', 'service', 'wordpress', '--type=merge', '-p', patch));
  await ready();
  const selector = await kubectl('get', 'service', 'wordpress', '-o', 'jsonpath={.spec.selector}');
  expect(JSON.parse(selector)).toMatchObject({ 'app.kubernetes.io/component': 'wordpress' });
});

test.runIf(REAL)('removes a foreign subject from the binding of its rights', async () => {
  const subjects = [{ kind: 'ServiceAccount', name: 'default', namespace: store.namespace }];
  const patch = JSON.stringify({ subjects });
  await reports('ObjectChanged', () => kubectl('patch', 'rolebinding', 'shopyard', '--type=merge', '-p', patch));
  await ready();
  const found = await kubectl('get', 'rolebinding', 'shopyard', '-o', 'jsonpath={.roleRef.name} {.subjects[*].name}');
  expect(found).toBe(`${STORE_ROLE} shopyard`);
});

test('restores the replicas of a deployment scaled to zero', async () => {
  const before = await recordsAndJobs();
  const seen = await reports('ObjectChanged', () => kubectl('scale', 'deployment', 'wordpress', '--replicas=0'));
  expect(seen.message).toContain('Deployment/wordpress (spec.replicas) was changed from outside');
  await ready();
  expect(await recordsAndJobs()).toBe(before);
  expect(await kubectl('get', 'deployment', 'wordpress', '-o', 'jsonpath={.spec.replicas}')).toBe('1');
});

test('recreates the release around existing objects after its records are deleted', async () => {
  const [before] = (await kubectl('get', 'pvc', '-o', 'jsonpath={.items[*].metadata.uid}')).split('\n');
  await reports('ReleaseMissing', () => kubectl('delete', 'configmaps', '-l', 'owner=helm'));
  await ready();
  expect(await kubectl('get', 'pvc', '-o', 'jsonpath={.items[*].metadata.uid}')).toBe(before);
});

test('reports deleted credentials instead of inventing new ones', async () => {
  const backup = await kubectl('get', 'secret', 'store-credentials', '-o', 'json');
  const seen = await reports('CredentialsLost', () => kubectl('delete', 'secret', 'store-credentials'));
  expect(seen).toMatchObject({ phase: 'Degraded', message: expect.stringContaining('restore it') as string });
  // With the Secret restored, the store recovers.
  const { metadata, ...rest } = JSON.parse(backup) as { metadata: { name: string; labels: object } };
  const restored = JSON.stringify({ ...rest, metadata: { name: metadata.name, labels: metadata.labels } });
  await suite.apply(store.namespace, restored);
  await ready();
});

test('reports a deleted volume before and after its data is gone; reinstalls on request', async () => {
  const seen = await reports('VolumeDeleting', () => kubectl('delete', 'pvc', 'data-mariadb-0', '--wait=false'));
  expect(seen).toMatchObject({ phase: 'Degraded', message: expect.stringContaining('Back it up now') as string });
  // helm would adopt the claim while it is being deleted, so an update waits until it is gone.
  await reports('VolumeTerminating', () => suite.api.trpc.stores.update.mutate({ id: store.id, values: PLAIN }));
  const lost = await reports('VolumeLost', () => kubectl('delete', 'pod', 'mariadb-0', '--wait=false'));
  expect(lost.phase).toBe('Failed');
  await suite.api.trpc.stores.retry.mutate({ id: store.id });
  await ready();
  expect((await suite.open(store.name)).status).toBe(200);
});

test('restores objects deleted before the store first worked', async () => {
  const young = await suite.create(uniqueName('young'), PLAIN);
  const isDeployed = ({ id, conditions }: Store): boolean =>
    id === young.id && conditions.some(({ type, status }) => type === 'ReleaseDeployed' && status === 'True');
  await suite.stores.until('deployed', (all) => all.some(isDeployed), PATIENCE_MS);
  const objects = ['service/wordpress', 'configmap/setup', 'job/setup-1'];
  await suite.tools.kubectl('delete', ...objects, '-n', young.namespace, '--ignore-not-found', '--wait=false');
  const present = (): Promise<string> =>
    suite.tools.kubectl('get', ...objects.slice(0, 2), '-n', young.namespace, '--ignore-not-found', '-o', 'name');
  await expect.poll(present, { timeout: PATIENCE_MS, interval: 200 }).toBe('service/wordpress\nconfigmap/setup\n');
  await suite.stores.phase(young.name, 'Ready', PATIENCE_MS);
});

test('reports a deleted namespace and creates an empty store', async () => {
  // Held by a finalizer, or it may be gone before anyone sees it Terminating.
  const metadata = { name: 'held', finalizers: ['example.com/hold'] };
  await suite.apply(store.namespace, JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata }));
  const before = await uidOf(store.namespace);
  await reports('NamespaceTerminating', () =>
    suite.tools.kubectl('delete', 'namespace', store.namespace, '--wait=false'),
  );
  await kubectl('patch', 'configmap', 'held', '--type=merge', '-p', '{"metadata": {"finalizers": null}}');
  await ready();
  expect(await uidOf(store.namespace)).not.toBe(before);
  const { timeline } = await suite.api.trpc.stores.timeline.query({ id: store.id });
  expect(timeline.filter(({ what }) => what === 'Degraded').length).toBeGreaterThan(5);
});
