/**
 * The main workflow on any cluster: create, watch, open, inspect with the usual tools, delete. Each test has a store of
 * its own, so they run at once.
 */
import type { Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, PLAIN, uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();

test.concurrent(
  'a store comes up, shows in helm and kubectl, answers over HTTP and leaves nothing behind',
  async ({ expect }) => {
    const name = uniqueName('alpha');
    const created = await suite.api.trpc.stores.create.mutate({ name });
    expect(created).toMatchObject({ name, namespace: `store-${name}`, phase: 'Queued', engine: 'woocommerce' });

    const ready = (await suite.stores.phase(name, 'Ready', PATIENCE_MS)).find((store) => store.name === name);
    expect(ready?.conditions.map(({ type, status }) => [type, status])).toEqual([
      ['NamespaceReady', 'True'],
      ['ReleaseDeployed', 'True'],
      ['DatabaseReady', 'True'],
      ['ApplicationReady', 'True'],
      ['StorefrontVerified', 'True'],
    ]);
    expect(ready?.pods).toEqual({ ready: 2, total: 2 });
    expect(ready?.versions).toMatchObject({ wordpress: expect.stringMatching(/^\d+\.\d+/) as string });
    expect(suite.stores.phases.get(name)).toEqual(['Queued', 'Provisioning', 'Ready']);

    const releases = JSON.parse(await suite.tools.helm('list', '-A', '-o', 'json')) as {
      name: string;
      status: string;
      namespace: string;
    }[];
    expect(releases).toContainEqual(
      expect.objectContaining({ name, namespace: created.namespace, status: 'deployed' }),
    );
    const all = await suite.tools.kubectl('get', 'all', '--namespace', created.namespace);
    expect(all).toMatch(/pod\/mariadb-0\s+1\/1\s+Running/);
    expect(all).toMatch(/deployment.apps\/wordpress\s+1\/1/);
    expect(all).toMatch(/job.batch\/setup-1\s+Complete\s+1\/1/);
    expect(await suite.tools.kubectl('logs', '--namespace', created.namespace, 'mariadb-0')).toContain(
      'ready for connections',
    );
    const volumes = await volumesOf(created.namespace);
    expect(volumes).toHaveLength(2);
    const page = await suite.open(name);
    expect(page.status).toBe(200);
    expect(page.body.toLowerCase()).toContain('<html');

    await suite.api.trpc.stores.remove.mutate({ id: created.id });
    await suite.stores.gone(name, PATIENCE_MS);
    await expect(suite.tools.kubectl('get', 'namespace', created.namespace)).rejects.toThrow(/not found/);
    await expect.poll(() => volumesOf(created.namespace), { timeout: PATIENCE_MS }).toEqual([]);
    await expect(suite.api.trpc.stores.get.query({ id: created.id })).rejects.toThrow(/there is no store/);
  },
);

// A StatefulSet never replaces a pod that is not ready, so the database is the harder case.
test.concurrent.each(['wordpress', 'mariadb'])('explains a missing image of %s; an update repairs it', async (part) => {
  const name = uniqueName('wrong');
  const { id } = await suite.api.trpc.stores.create.mutate({
    name,
    values: { ...PLAIN, [part]: { image: { tag: 'no-such-tag' } } },
  });
  const found = await suite.stores.until(
    'an explanation',
    (all) => all.some((store) => store.id === id && /^(Image|Registry)/.test(store.reason ?? '')),
    PATIENCE_MS,
  );
  expect(found.find((store) => store.id === id)?.message).toContain('no-such-tag');

  await suite.api.trpc.stores.update.mutate({ id, values: PLAIN });
  await suite.stores.phase(name, 'Ready', PATIENCE_MS);
  await suite.api.trpc.stores.remove.mutate({ id });
  await suite.stores.gone(name, PATIENCE_MS);
});

test.concurrent('deletes a store completely while it is still coming up', async () => {
  const name = uniqueName('hasty');
  const { id, namespace } = await suite.api.trpc.stores.create.mutate({ name });
  await suite.stores.phase(name, 'Provisioning', PATIENCE_MS);
  await Promise.all([suite.api.trpc.stores.remove.mutate({ id }), suite.api.trpc.stores.remove.mutate({ id })]);
  await suite.stores.gone(name, PATIENCE_MS);
  await expect(suite.tools.kubectl('get', 'namespace', namespace)).rejects.toThrow(/not found/);
});

test.concurrent('leaves a foreign namespace of the same name alone and reports the conflict', async () => {
  const name = uniqueName('foreign');
  await suite.tools.kubectl('create', 'namespace', `store-${name}`);
  const { id } = await suite.api.trpc.stores.create.mutate({ name });
  const failed = await suite.stores.phase(name, 'Failed', PATIENCE_MS);
  expect(failed.find((store) => store.id === id)).toMatchObject({ reason: 'NamespaceConflict' });

  await suite.api.trpc.stores.remove.mutate({ id });
  await suite.stores.gone(name, PATIENCE_MS);
  expect(await suite.tools.kubectl('get', 'namespace', `store-${name}`)).toContain('Active');
  await suite.tools.kubectl('delete', 'namespace', `store-${name}`, '--wait=false');
});

async function volumesOf(namespace: string): Promise<unknown[]> {
  const list = JSON.parse(await suite.tools.kubectl('get', 'persistentvolumes', '-o', 'json')) as {
    items: { spec: { claimRef?: { namespace: string } } }[];
  };
  return list.items.filter((volume) => volume.spec.claimRef?.namespace === namespace);
}

// By then Shopyard's own binding in the namespace is gone, so these rights must come from elsewhere.
test.concurrent('a store held by a finalizer reports it and can be deleted by force', async () => {
  const name = uniqueName('held');
  const { id, namespace } = await suite.api.trpc.stores.create.mutate({ name, values: PLAIN });
  await suite.stores.phase(name, 'Ready', PATIENCE_MS);
  const finalizers = JSON.stringify({ metadata: { finalizers: ['example.com/held'] } });
  await suite.tools.kubectl('patch', 'service', 'wordpress', '-n', namespace, '--type=merge', '-p', finalizers);
  await suite.api.trpc.stores.remove.mutate({ id });
  const held = (store: Store): boolean => store.id === id && (store.message ?? '').includes('example.com/held');
  await suite.stores.until('which finalizer holds it', (all) => all.some(held), PATIENCE_MS);
  await suite.api.trpc.stores.forceRemove.mutate({ id, confirm: name });
  await suite.stores.gone(name, PATIENCE_MS);
  await expect(suite.tools.kubectl('get', 'namespace', namespace)).rejects.toThrow(/not found/);
});
