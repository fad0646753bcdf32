/** Stores of a vanished installation: another one leaves them alone until asked to adopt them. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, connect, type ServerProcess, StoreRecorder } from '@shopyard/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { createReady, useSharedCluster } from '../support/shared-cluster.ts';

const shared = useSharedCluster();

const release = async (store: string): Promise<{ revision: string; url: string }> => {
  const args = [store, '-n', `store-${store}`, '-o', 'json'];
  const [latest] = JSON.parse(await shared.tools.helm('history', ...args)).toReversed() as { revision: number }[];
  const values = JSON.parse(await shared.tools.helm('get', 'values', ...args)) as { store: { url: string } };
  return { revision: String(latest?.revision), url: values.store.url };
};

describe("another installation's stores, once it is gone", () => {
  let owner: string;

  beforeEach(async () => {
    const first = await shared.paced('first');
    await createReady(first, 'alpha');
    await createReady(first, 'beta');
    owner = shared.idOf('first');
    await first.kill();
    await sleep(3200);
  });

  const withApi = async (server: ServerProcess, run: (api: Api, stores: StoreRecorder) => Promise<void>) => {
    await using api = connect(server.url);
    using stores = new StoreRecorder(api);
    await run(api, stores);
  };

  test('are left alone and listed; their names conflict, and deleting the conflicting store leaves them', async () => {
    const before = await shared.fingerprint();
    await using second = await shared.paced('second');
    await expect.poll(() => second.log()).toContain(`stores of ${owner} (2), not managed`);
    expect(second.log()).toContain(`SHOPYARD_ADOPT=${owner}`);
    await withApi(second, async (api, stores) => {
      expect((await api.trpc.stores.list.query()).stores).toEqual([]);
      const { cluster: health } = await api.trpc.platform.get.query();
      expect(health.unmanaged).toEqual([{ installation: owner, stores: 2 }]);
      const { id } = await api.trpc.stores.create.mutate({ name: 'alpha' });
      await stores.until('a conflict', (all) => all.some(({ reason }) => reason === 'NamespaceConflict'));
      await api.trpc.stores.remove.mutate({ id });
      await stores.gone('alpha');
    });
    expect(await shared.fingerprint()).toEqual(before);
  });

  test('are adopted by name after a preview of the changes, and change only on request', async () => {
    const [workloads, was] = [
      await shared.fingerprint('deployments,statefulsets,pods,secrets'),
      await release('alpha'),
    ];
    let id = '';
    let second = await shared.paced('second');
    await withApi(second, async (api, stores) => {
      const { stores: found } = await api.trpc.platform.adoptable.query({ installation: owner });
      expect(found.map(({ name }) => name)).toEqual(['alpha', 'beta']);
      expect(found[0]).toMatchObject({
        installation: owner,
        removalAsked: false,
        release: {
          revision: 1,
          status: 'deployed',
          url: was.url,
          chart: expect.stringMatching(/^woocommerce-/) as string,
        },
        changes: [{ what: 'store.url', before: was.url, after: `http://alpha.localhost:${new URL(second.url).port}` }],
      });
      const adopt = { installation: owner, stores: ['alpha'] };
      await expect(api.trpc.platform.adopt.mutate({ ...adopt, confirm: 'yes' })).rejects.toThrow(/type the install/);
      expect(await api.trpc.platform.adopt.mutate({ ...adopt, confirm: owner })).toEqual({
        adopted: ['alpha'],
        skipped: [],
      });
      const [alpha] = await stores.phase('alpha', 'Ready');
      expect(alpha).toMatchObject({ reason: 'Adopted', url: was.url, generation: 1 });
      id = alpha?.id ?? '';
      const { timeline } = await api.trpc.stores.timeline.query({ id });
      expect(timeline[0]).toMatchObject({ kind: 'call', actor: 'local', what: 'adopt', message: `from ${owner}` });
    });
    await second.stop();

    // No restart, lost database or outside change of an object makes the server touch the store.
    for (const file of ['', '-wal', '-shm']) rmSync(join(shared.dir, 'second', `shopyard.db${file}`), { force: true });
    second = await shared.paced('second');
    await withApi(second, async (api, stores) => {
      const [alpha] = await stores.until('adopted', (all) => all.some(({ reason }) => reason === 'Adopted'));
      expect(alpha).toMatchObject({ id, url: was.url });
      await sleep(1500);
      expect(await shared.fingerprint('deployments,statefulsets,pods,secrets')).toEqual(workloads);
      await api.trpc.stores.retry.mutate({ id });
      await stores.until('managed', (all) =>
        all.some(
          ({ phase, reason, generation, observedGeneration }) =>
            phase === 'Ready' && !reason && generation === 2 && observedGeneration === 2,
        ),
      );
    });
    expect(await release('alpha')).toEqual({
      revision: '2',
      url: `http://alpha.localhost:${new URL(second.url).port}`,
    });
    expect(await release('beta')).toMatchObject({ revision: '1' });
    await second.stop();
  });

  test('are adopted by a startup setting; deletions that the former owner began wait for a request here', async () => {
    const before = await shared.fingerprint('deployments,statefulsets,pods,secrets');
    await shared.tools.kubectl('annotate', 'namespace', 'store-beta', 'shopyard.dev/desired=absent', '--overwrite');
    await using second = await shared.paced('second', { SHOPYARD_ADOPT: owner });
    await withApi(second, async (api, stores) => {
      const all = await stores.until(
        'both',
        (found) => found.length === 2 && found.every(({ phase, reason }) => phase === 'Ready' && reason === 'Adopted'),
      );
      expect(await shared.fingerprint('deployments,statefulsets,pods,secrets')).toEqual(before);
      const id = all.find(({ name }) => name === 'beta')?.id ?? '';
      const { timeline } = await api.trpc.stores.timeline.query({ id });
      expect(timeline[0]).toMatchObject({
        actor: 'SHOPYARD_ADOPT',
        message: expect.stringContaining('removal') as string,
      });
      await api.trpc.stores.remove.mutate({ id });
      await stores.gone('beta');
    });
  });

  test('that predate the owner label belong to the installation whose database knows them', async () => {
    const label = (value: string): Promise<string> =>
      shared.tools.kubectl('label', 'namespace', 'store-alpha', 'store-beta', `shopyard.dev/installation${value}`);
    await label('-');
    const second = await shared.paced('second');
    await expect.poll(() => second.log()).toContain('stores of unknown (2), not managed');
    await second.stop();
    await using first = await shared.paced('first');
    await withApi(first, async (_api, stores) => void (await stores.allReady(2)));
    const labelled = await shared.tools.kubectl('get', 'ns', '-l', `shopyard.dev/installation=${owner}`, '-o', 'name');
    expect(labelled).toContain('store-alpha');
    expect(labelled).toContain('store-beta');
  });
});
