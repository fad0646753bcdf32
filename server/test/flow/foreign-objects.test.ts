/**
 * Objects that others put into a store's namespace, with or without its labels, neither fail the store nor hold it up.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '@shopyard/contracts';
import { useSuite } from '../support/suite.ts';
import { uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();
let store: Store;
let generation = 1;
beforeAll(async () => {
  store = await suite.create(uniqueName('foreign'));
  await suite.settled(store.id, 1);
});

const kubectl = (...args: string[]): Promise<string> => suite.tools.kubectl(...args, '-n', store.namespace);
const labels = (component: string): object => ({
  'shopyard.dev/store-id': store.id,
  'app.kubernetes.io/component': component,
});
const claim = (name: string, metadata: object): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, ...metadata },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  });

/** A new revision, so that the store is verified and its inventory taken while the foreign object is there. */
async function update(): Promise<void> {
  await suite.api.trpc.stores.update.mutate({ id: store.id, values: { store: { title: `v${generation}` } } });
  generation += 1;
  await suite.settled(store.id, generation);
}

/** Every phase that the store goes through until `act` is done and it was looked at again. */
async function phasesDuring(act: () => Promise<unknown>): Promise<string[]> {
  suite.stores.phases.delete(store.name);
  await act();
  await update();
  return suite.stores.phases.get(store.name) ?? [];
}

describe('a foreign object', () => {
  test("that is a claim with the store's labels may come and go: no data of the store is lost", async () => {
    await suite.apply(store.namespace, claim('backup-copy', { labels: labels('mariadb') }));
    await update();
    const phases = await phasesDuring(() => kubectl('delete', 'pvc', 'backup-copy'));
    expect(phases).not.toContain('Failed');
    expect(phases).not.toContain('Degraded');
  });

  test('that is a claim on its way out holds up no update', async () => {
    await suite.apply(store.namespace, claim('other', { finalizers: ['example.com/hold'] }));
    await kubectl('delete', 'pvc', 'other', '--wait=false');
    await update();
    expect(await kubectl('get', 'pvc', 'other', '-o', 'name')).toContain('other');
    await kubectl('patch', 'pvc', 'other', '--type=merge', '-p', '{"metadata": {"finalizers": null}}');
  });

  test("that is a broken canary with WordPress's labels neither fails the store nor counts as its pod", async () => {
    const meta = { labels: labels('wordpress') };
    const canary = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'canary', ...meta },
      spec: {
        selector: { matchLabels: { canary: 'yes' } },
        template: {
          metadata: { labels: { ...labels('wordpress'), canary: 'yes' } },
          spec: { containers: [{ name: 'canary', image: 'busybox:missing' }] },
        },
      },
    };
    const phases = await phasesDuring(async () => {
      await suite.apply(store.namespace, JSON.stringify(canary));
      await expect.poll(() => kubectl('get', 'pods', '-l', 'canary=yes', '-o', 'name')).toContain('pod/canary');
    });
    expect(phases).not.toContain('Failed');
    const [seen] = (await suite.api.trpc.stores.list.query()).stores;
    expect(seen?.pods).toEqual({ ready: 2, total: 2 });
    await kubectl('delete', 'deployment', 'canary');
  });

  test("that is a Job with the setup's labels survives an update", async () => {
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'import', labels: labels('setup') },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'import', image: 'busybox:1' }] } } },
    };
    await suite.apply(store.namespace, JSON.stringify(job));
    await update();
    expect(await kubectl('get', 'jobs', '-o', 'name')).toContain('job.batch/import');
  });
});

test('a living store whose namespace lost its label says how to put it back, and goes on once it is there', async () => {
  const label = 'shopyard.dev/store-id';
  await suite.tools.kubectl('label', 'namespace', store.namespace, `${label}-`);
  const command = `kubectl label namespace ${store.namespace} ${label}=${store.id} --overwrite`;
  const saysCommand = ({ id, phase, message = '' }: Store): boolean =>
    id === store.id && phase === 'Degraded' && message.includes(command);
  await suite.stores.until('the command', (all) => all.some(saysCommand));
  await suite.tools.kubectl(...command.split(' ').slice(1));
  await suite.settled(store.id, generation);
  expect(suite.stores.phases.get(store.name)?.at(-1)).toBe('Ready');
});

test('a deletion forgets no store whose namespace lost its label', async () => {
  const other = await suite.create(uniqueName('unlabelled'));
  await suite.settled(other.id, 1);
  const label = (value: string): Promise<string> =>
    suite.tools.kubectl('label', 'namespace', other.namespace, `shopyard.dev/store-id${value}`, '--overwrite');
  await label('=st_0000000000000000');
  await suite.api.trpc.stores.remove.mutate({ id: other.id });
  const says = ({ id, message = '' }: Store): boolean =>
    id === other.id && message.includes('Put it back: kubectl label');
  await suite.stores.until('the command', (all) => all.some(says));
  await label(`=${other.id}`);
  await suite.stores.gone(other.name);
  expect(await suite.tools.kubectl('get', 'namespaces', '-o', 'name')).not.toContain(other.namespace);
});

test('a forced deletion removes finalizers from quotas and limits too', async () => {
  const held = '{"metadata": {"finalizers": ["example.com/hold"]}}';
  for (const object of ['resourcequota/store', 'limitrange/store'])
    await kubectl('patch', object, '--type=merge', '-p', held);
  await suite.api.trpc.stores.remove.mutate({ id: store.id });
  await suite.stores.until('held', (all) =>
    all.some(({ id, message = '' }) => id === store.id && /hold/.test(message)),
  );
  await suite.api.trpc.stores.forceRemove.mutate({ id: store.id, confirm: store.name });
  await suite.stores.gone(store.name);
  expect(await suite.tools.kubectl('get', 'namespaces', '-o', 'name')).not.toContain(store.namespace);
});
