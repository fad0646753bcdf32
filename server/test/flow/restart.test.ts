/** A requested restart replaces the pods once, is reported as work in progress, and involves no helm, setup or drift. */
import type { Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { useOwnServer } from '../support/use-own-server.ts';

const own = useOwnServer();

const kubectl = (...args: string[]): Promise<string> => own.cluster.tools.kubectl('-n', 'store-alpha', ...args);
const podsOf = async (component: string): Promise<string> =>
  kubectl('get', 'pods', '-l', `app.kubernetes.io/component=${component}`, '-o', 'jsonpath={.items[*].metadata.uid}');
/** Whatever a helm operation or a setup leaves. */
const revisions = (): Promise<string> => kubectl('get', 'configmaps,jobs', '-o', 'name');
const all = async (): Promise<[web: string, database: string, revisions: string]> =>
  Promise.all([podsOf('wordpress'), podsOf('mariadb'), revisions()]);

async function history(id: string): Promise<string[]> {
  const { timeline } = await own.api.trpc.stores.timeline.query({ id });
  return timeline
    .filter(({ kind }) => kind === 'call' || kind === 'action')
    .map(({ kind, what, message }) =>
      (kind === 'call' ? `call ${what} ${message}` : `action ${message}`).replace(/ in [\d.]+ s$/, '').trim(),
    );
}

async function ready(): Promise<Store> {
  const store = await own.api.trpc.stores.create.mutate({ name: 'alpha' });
  await own.stores.phase('alpha', 'Ready');
  return store;
}

async function restarted(id: string, component?: string): Promise<Store[]> {
  const seen: Store[] = [];
  const entries = (await history(id)).filter((entry) => entry.startsWith('action restart')).length;
  await own.api.trpc.stores.restart.mutate({ id, component });
  await own.stores.until('Ready again', ([store]) => {
    if (store) seen.push(store);
    return store?.phase === 'Ready' && seen.some(({ phase }) => phase === 'Upgrading');
  });
  expect((await history(id)).filter((entry) => entry.startsWith('action restart'))).toHaveLength(entries + 1);
  return seen;
}

test('replaces the pods of the shop, or of the component that is named, and of nothing else', async () => {
  const { id } = await ready();
  const before = await all();
  const seen = await restarted(id);
  const after = await all();
  expect(after).toEqual([expect.not.stringMatching(before[0]), before[1], before[2]]);
  const busy = seen.filter(({ phase }) => phase !== 'Ready');
  expect(busy[0]).toMatchObject({
    reason: 'Restarting',
    message: 'New pods replace the running ones, as requested: WordPress.',
  });
  expect(new Set(busy.map(({ attention }) => attention.level))).toEqual(new Set(['working']));

  await restarted(id, 'mariadb');
  const last = await all();
  expect(last).toEqual([after[0], expect.not.stringMatching(before[1]), before[2]]);
  expect((await own.api.trpc.stores.get.query({ id })).generation).toBe(1);
  expect((await history(id)).slice(3)).toEqual([
    'call restart WordPress',
    'action restart (WordPress)',
    'call restart database',
    'action restart (database)',
  ]);
});

test('is done once: not by a later server, a lost database, an update or a repair', async () => {
  const { id } = await ready();
  await restarted(id);
  const once = await podsOf('wordpress');
  await own.stop();
  await own.start();
  await own.stores.phase('alpha', 'Ready');
  expect(await podsOf('wordpress')).toBe(once);

  await restarted(id, 'mariadb');
  const database = await podsOf('mariadb');
  await own.loseDatabase();
  await own.stores.until('its pods', ([store]) => store?.phase === 'Ready' && store.pods.ready === 2);
  expect((await history(id)).filter((entry) => entry.includes('restart'))).toEqual([]);
  expect([await podsOf('wordpress'), await podsOf('mariadb')]).toEqual([once, database]);

  await kubectl('delete', 'service', 'wordpress');
  await own.stores.phase('alpha', 'Degraded');
  await own.stores.phase('alpha', 'Ready');
  expect(await podsOf('wordpress')).toBe(once);
});

test('restarts a database that is not ready, which its rollout alone would wait for', async () => {
  const { id } = await ready();
  const template = (fail: string | null): Promise<string> => {
    const annotations = { 'simulator.shopyard.dev/fail': fail };
    const patch = JSON.stringify({ spec: { template: { metadata: { annotations } } } });
    return kubectl('patch', 'statefulset', 'mariadb', '--type=merge', '-p', patch);
  };
  await template('not-ready');
  await own.stores.phase('alpha', 'Degraded');
  await expect.poll(() => podsOf('mariadb')).not.toBe('');
  const [broken] = [await podsOf('mariadb'), await template(null)];
  await own.api.trpc.stores.restart.mutate({ id, component: 'mariadb' });
  await own.stores.phase('alpha', 'Ready');
  expect(await podsOf('mariadb')).not.toBe(broken);
});

test('is refused where nothing would come of it', async () => {
  const { id } = await own.api.trpc.stores.create.mutate({ name: 'alpha' });
  const restart = (component?: string): Promise<unknown> => own.api.trpc.stores.restart.mutate({ id, component });
  await expect(restart()).rejects.toThrow(/can't be restarted|there are no WordPress pods to restart yet/);
  await own.stores.phase('alpha', 'Ready');
  for (const component of ['setup', 'cron', 'nonsense', ''])
    await expect(restart(component)).rejects.toThrow('component: choose one of wordpress, mariadb');
  await expect(own.api.trpc.stores.restart.mutate({ id: 'st_none' })).rejects.toThrow(/there is no store/);
  await own.api.trpc.stores.remove.mutate({ id });
  await expect(restart()).rejects.toThrow('the store is being deleted');
  expect((await history(id)).filter((entry) => entry.includes('restart'))).toEqual([]);
});
