/** Resizing a store and back: workloads follow, volumes keep their data and never shrink. */
import { beforeAll, expect, test } from 'vitest';
import type { Store } from '@shopyard/contracts';
import { helmErrorOf } from '../../src/helm/helm-error.ts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, PLAIN, REAL, uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();
let store: Store;

beforeAll(async () => {
  store = await suite.create(uniqueName('resize'), PLAIN);
  await suite.settled(store.id, 1);
}, PATIENCE_MS);

const kubectl = (...args: string[]): Promise<string> => suite.tools.kubectl(...args, '-n', store.namespace);
const claims = async (): Promise<Record<string, { uid: string; requested: string }>> => {
  const { items } = JSON.parse(await kubectl('get', 'pvc', '-o', 'json')) as {
    items: { metadata: { name: string; uid: string }; spec: { resources: { requests: { storage: string } } } }[];
  };
  return Object.fromEntries(
    items.map(({ metadata, spec }) => [
      metadata.name,
      { uid: metadata.uid, requested: spec.resources.requests.storage },
    ]),
  );
};
const revisionOf = async (): Promise<number> => {
  const [release] = JSON.parse(await suite.tools.helm('list', '-n', store.namespace, '-o', 'json')) as {
    revision: string;
  }[];
  return Number(release?.revision);
};
const jobs = async (): Promise<string[]> => {
  const selector = 'app.kubernetes.io/component=setup';
  return (await kubectl('get', 'jobs', '-l', selector, '-o', 'name')).split('\n').filter(Boolean);
};
const update = async (values: object): Promise<void> => {
  const { generation } = await suite.api.trpc.stores.update.mutate({ id: store.id, values: { ...PLAIN, ...values } });
  await suite.settled(store.id, generation);
};

test('a larger size and back take one revision each; volumes stay and grow where their class allows it', async () => {
  const before = await claims();
  const revision = await revisionOf();

  await update({ size: 'large' });
  expect(await revisionOf()).toBe(revision + 1);
  expect(await kubectl('get', 'sts', 'mariadb', '-o', 'jsonpath={..limits.memory}')).toBe('3Gi');
  // local-path, the class of the real cluster, can't enlarge a volume.
  const size = REAL ? '2Gi' : '50Gi';
  const grown = { 'data-mariadb-0': size, 'wordpress-content': size };
  const wanted = Object.fromEntries(
    Object.entries(grown).map(([name, requested]) => [name, { uid: before[name]?.uid, requested }]),
  );
  await expect.poll(claims).toEqual(wanted);
  if (REAL) {
    const { timeline } = await suite.api.trpc.stores.timeline.query({ id: store.id });
    expect(timeline.map(({ message }) => message).join('\n')).toContain('wordpress-content stays at 2Gi');
  }

  await update({ size: 'small' });
  expect(await revisionOf()).toBe(revision + 2);
  expect(await kubectl('get', 'sts', 'mariadb', '-o', 'jsonpath={..limits.memory}')).toBe('512Mi');
  expect(await claims()).toEqual(wanted);
  expect(await jobs()).toEqual([`job.batch/setup-${revision + 2}`]);
});

test.each(['mariadb', 'wordpress'])('rejects by field a volume of %s smaller than the current one', async (part) => {
  const values = { [part]: { storage: { size: '1Gi' } } };
  await expect(suite.api.trpc.stores.update.mutate({ id: store.id, values })).rejects.toThrow(
    new RegExp(`values\\.${part}\\.storage\\.size: .*can't shrink`),
  );
});

// local-path, the class of the real cluster, can't enlarge a volume.
test.skipIf(REAL)('rejects a rollback to a smaller volume and leaves the release unlocked', async () => {
  const rollback = suite.tools.helm('rollback', store.name, '1', '-n', store.namespace, '--force-conflicts');
  await expect(rollback).rejects.toThrow(/field can not be less than/);
  expect(helmErrorOf(String(await rollback.catch((error: unknown) => error))).kind).toBe('immutable');
  const { generation } = await suite.api.trpc.stores.get.query({ id: store.id });
  await suite.settled(store.id, generation);
  await update({ store: { title: 'after' } });
});

test('an update that the cluster rejects midway leaves nothing of its revision once reverted', async () => {
  await update({ quota: { enabled: false } });
  // A limit range comes with the default quota, and before the cron job, which the API server refuses.
  const refusal = async ({ generation }: Store): Promise<Store | undefined> => {
    const isRefused = (other: Store): boolean =>
      other.id === store.id && other.generation === generation && other.phase === 'Failed';
    return (await suite.stores.until('a refusal', (all) => all.some(isRefused), PATIENCE_MS)).find(isRefused);
  };
  const values = { ...PLAIN, cron: { schedule: '61 * * * *' } };
  const found = await refusal(await suite.api.trpc.stores.update.mutate({ id: store.id, values }));
  expect(found).toMatchObject({ reason: 'InvalidObject', message: expect.stringContaining('spec.schedule') as string });
  expect(await kubectl('get', 'limitranges', '-o', 'name')).toContain('store');
  const next = `job.batch/setup-${(await revisionOf()) + 1}`;
  await suite.api.trpc.stores.retry.mutate({ id: store.id });
  // Simultaneous setups would interfere.
  await expect.poll(jobs, { timeout: PATIENCE_MS }).toEqual([next]);

  await update({ quota: { enabled: false } });
  expect(await jobs()).toEqual([`job.batch/setup-${await revisionOf()}`]);
  expect(await kubectl('get', 'limitranges', '-o', 'name')).toBe('');
});
