/** Changes of a working store wait for its window, whatever happens to the server or the database meanwhile. */
import type { ChangeWindow, Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { useOwnServer } from '../support/use-own-server.ts';

const own = useOwnServer();

/** Closed now, and for at least a day: it opens on the third day after this one. */
function closedWindow(): ChangeWindow {
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  return { tz: 'Etc/UTC', days: [days[(new Date().getUTCDay() + 3) % 7] ?? 'sun'], from: '02:00', to: '03:00' };
}
/** Open all day but for a minute that is not now. */
function openWindow(): ChangeWindow {
  const hour = String((new Date().getUTCHours() + 12) % 24).padStart(2, '0');
  const days: ChangeWindow['days'] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  return { tz: 'Etc/UTC', days, from: `${hour}:01`, to: `${hour}:00` };
}

const TITLE = { store: { title: 'Renamed' } };
const helmValues = (): Promise<string> => own.cluster.tools.helm('get', 'values', 'alpha', '-n', 'store-alpha');
const kubectl = (...args: string[]): Promise<string> => own.cluster.tools.kubectl('-n', 'store-alpha', ...args);

async function waiting(): Promise<Store> {
  const { trpc } = own.api;
  const { id } = await trpc.stores.create.mutate({ name: 'alpha' });
  await own.stores.phase('alpha', 'Ready');
  await trpc.stores.setWindow.mutate({ id, window: closedWindow() });
  const store = await trpc.stores.update.mutate({ id, values: TITLE, reason: 'a new sign' });
  await shown();
  return store;
}

const shown = (): Promise<unknown> =>
  own.stores.until(
    'the wait',
    ([store]) => store?.phase === 'Ready' && store.reason === 'ChangeWaiting' && store.operation?.state === 'waiting',
  );
const applied = (generation = 2): Promise<unknown> =>
  own.stores.until(
    'the change',
    ([store]) =>
      store?.phase === 'Ready' &&
      store.observedGeneration === generation &&
      store.reason === undefined &&
      store.operation === undefined,
  );

/** Each entry of a call, and each installation. */
async function history(id: string): Promise<string[]> {
  const { timeline } = await own.api.trpc.stores.timeline.query({ id });
  return timeline
    .filter(({ kind, what }) => kind === 'call' || what === 'install')
    .map(({ actor, what }) => `${actor} ${what}`);
}

test('a change waits and survives server and database, repairs keep what is applied, and the window starts it once', async () => {
  const { id, operation } = await waiting();
  await kubectl('delete', 'service/wordpress');
  await expect.poll(() => kubectl('get', 'services', '-o', 'name')).toContain('service/wordpress');
  await shown();
  await own.server.kill();
  await own.start();
  await shown();
  await expect.poll(() => kubectl('get', 'namespace', 'store-alpha', '-o', 'yaml')).toContain('shopyard.dev/waiting');
  await own.loseDatabase();
  await shown();
  const [store] = own.stores.stores.values();
  expect(store).toMatchObject({ generation: 1, operation });
  expect(await helmValues()).not.toContain('Renamed');

  await own.api.trpc.stores.setWindow.mutate({ id, window: openWindow() });
  await applied();
  expect(await helmValues()).toContain('Renamed');
  expect(await kubectl('get', 'namespace', 'store-alpha', '-o', 'yaml')).not.toContain('shopyard.dev/waiting');
  expect(await history(id)).toEqual(['local window', 'schedule update', 'reconciler install']);
  const { revisions } = await own.api.trpc.stores.revisions.query({ id });
  expect(revisions[0]).toMatchObject({ generation: 2, reason: 'a new sign', outcome: 'verified', actor: 'local' });
});

test('a change that waits is taken back; another one is applied at once, for a reason', async () => {
  const { id } = await waiting();
  const { trpc } = own.api;
  const values = { store: { title: 'Other' } };
  await expect(trpc.stores.update.mutate({ id, values })).rejects.toThrow(/a change by local waits until/);
  await trpc.stores.cancel.mutate({ id });
  await own.stores.until('the end', ([store]) => store?.operation === undefined && store?.reason === undefined);
  await expect(trpc.stores.update.mutate({ id, values, window: 'now' })).rejects.toThrow(/say why/);
  await trpc.stores.update.mutate({ id, values, window: 'now', reason: 'the sign fell down' });
  await applied();
  expect(await helmValues()).toContain('Other');
  await trpc.stores.rollback.mutate({ id });
  await shown();
  await trpc.stores.applyNow.mutate({ id, reason: 'the old sign is back' });
  await applied(3);
  expect(await helmValues()).not.toContain('Other');
  expect((await history(id)).slice(2)).toEqual([
    'local window',
    'local update',
    'local cancel',
    'local update',
    'reconciler install',
    'local rollback',
    'local apply-now',
    'reconciler install',
  ]);
});

test('a store that fails is repaired at once', async () => {
  const { trpc } = own.api;
  const { id } = await trpc.stores.create.mutate({
    name: 'alpha',
    values: { wordpress: { image: { tag: 'no-such-tag' } } },
  });
  await trpc.stores.setWindow.mutate({ id, window: closedWindow() });
  await own.stores.phase('alpha', 'Failed');
  const repaired = await trpc.stores.update.mutate({ id, values: {} });
  expect(repaired).toMatchObject({ generation: 2, operation: { kind: 'change', state: 'running' } });
  await applied();
});
