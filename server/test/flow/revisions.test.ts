/** Revisions of a store: who gave it which values, why, and whether it worked; what differs, and the way back. */
import type { RevisionComparison, RevisionPage, Store, StoreValues } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { useSuite } from '../support/suite.ts';

const suite = useSuite({ SHOPYARD_SIMULATOR_SPEED: '0' });

const REDACTED = '[redacted]';
const secret = { wordpress: { podAnnotations: { 'example.com/api-key': 'hunter2' } } };

async function rest<T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }> {
  const init = { method, ...(body ? { body: JSON.stringify(body) } : {}) };
  const response = await fetch(`${suite.server.url}/stores/${path}`, init);
  // The test reads only what it expects.
  return { status: response.status, body: (await response.json()) as T };
}

async function createReady(name: string, values: StoreValues = {}): Promise<Store> {
  const store = await suite.create(name, values);
  await suite.settled(store.id, 1);
  return store;
}

/** The generation with these values is verified. */
async function update(id: string, values: StoreValues, reason?: string): Promise<void> {
  const { generation } = await suite.api.trpc.stores.update.mutate({ id, values, reason });
  await suite.settled(id, generation);
}

const list = (id: string): Promise<RevisionPage> => suite.api.trpc.stores.revisions.query({ id });
const outcomes = async (id: string): Promise<unknown[]> =>
  (await list(id)).revisions.map(({ generation, outcome }) => [generation, outcome]);
const ownValues = async (id: string): Promise<unknown> => (await suite.api.trpc.stores.values.query({ id })).own;

test('lists revisions with who, when, why, versions and outcome, in pages, without secrets', async () => {
  const { id, createdAt } = await createReady('listed', secret);
  await update(id, { ...secret, size: 'medium' }, 'more orders');
  await suite.api.trpc.stores.retry.mutate({ id });
  const page = await list(id);
  const common = {
    actor: 'local',
    outcome: 'verified',
    verifiedAt: expect.any(String) as string,
    chartVersion: '0.1.0',
    versions: expect.arrayContaining([{ name: 'woocommerce', title: 'WooCommerce', version: '11.0.1' }]) as unknown,
  };
  const shown = { wordpress: { podAnnotations: { 'example.com/api-key': REDACTED } } };
  expect(page).toEqual({
    revisions: [
      {
        ...common,
        generation: 2,
        values: { ...shown, size: 'medium' },
        reason: 'more orders',
        at: expect.any(String) as string,
        helmRevision: 2,
        closedSeconds: expect.any(Number) as number,
      },
      { ...common, generation: 1, values: shown, at: createdAt, helmRevision: 1 },
    ],
    previous: 1,
  });
  const first = await rest<RevisionPage>('GET', `${id}/revisions?limit=1`);
  expect(first).toMatchObject({ status: 200, body: { revisions: [{ generation: 2 }], next: 2 } });
  const { body: rest1 } = await rest<RevisionPage>('GET', `${id}/revisions?limit=1&cursor=2`);
  expect(rest1.revisions).toEqual(page.revisions.slice(1));
  expect(rest1).not.toHaveProperty('next');
});

test('goes back to the values of before, in a new generation, and not forward again', async () => {
  const { id } = await createReady('back', secret);
  await update(id, { store: { title: 'B' } });
  const rolled = await rest<Store>('POST', `${id}/rollback`, { generation: 2, reason: 'orders fail' });
  expect(rolled).toMatchObject({ status: 202, body: { generation: 3 } });
  await suite.settled(id, 3);
  // Not the redacted ones that a caller is shown.
  const values = await suite.tools.helm('get', 'values', 'back', '-n', 'store-back');
  expect(values).toContain('hunter2');
  expect(values).not.toContain('title: B');
  expect(await outcomes(id)).toEqual([
    [3, 'verified'],
    [2, 'rolled_back'],
    [1, 'verified'],
  ]);
  expect((await list(id)).revisions[0]).toMatchObject({ rolledBackTo: 1, reason: 'orders fail' });
  const { timeline } = await suite.api.trpc.stores.timeline.query({ id });
  expect(timeline.find(({ what }) => what === 'rollback')).toMatchObject({
    actor: 'local',
    message: 'to generation 1 (store.title, wordpress.podAnnotations.example.com/api-key); reason: orders fail',
  });
  await expect(suite.api.trpc.stores.rollback.mutate({ id })).rejects.toThrow(
    'no earlier generation with other values',
  );
});

test('a store that an update broke is Ready again after a rollback; the broken revision stays failed', async () => {
  const { id, name } = await createReady('broken');
  await suite.api.trpc.stores.update.mutate({
    id,
    values: { wordpress: { image: { tag: 'missing' } } },
    confirm: name,
  });
  await suite.stores.phase(name, 'Failed');
  expect(await outcomes(id)).toEqual([
    [2, 'failed'],
    [1, 'verified'],
  ]);
  await suite.api.trpc.stores.rollback.mutate({ id });
  await suite.settled(id, 3);
  expect(await outcomes(id)).toEqual([
    [3, 'verified'],
    [2, 'failed'],
    [1, 'verified'],
  ]);
});

test('going back to software that may change the database takes the name of the store, as going forward does', async () => {
  const { id, name } = await createReady('forward');
  const values = { wordpress: { image: { tag: 'missing' } } };
  await expect(suite.api.trpc.stores.update.mutate({ id, values })).rejects.toThrow('confirm: "forward"');
  await suite.api.trpc.stores.update.mutate({ id, values, confirm: name });
  await suite.stores.phase(name, 'Failed');
  // The database is as old as the software that it goes back to.
  await suite.api.trpc.stores.rollback.mutate({ id });
  await suite.settled(id, 3);
  const refused = await rest<{ error: { code: string; message: string } }>('POST', `${id}/rollback`, { to: 2 });
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'confirmation_needed' } } });
  expect(refused.body.error.message).toMatch(/^WordPress 7\.1\S* → a version that its image does not tell: /);
  const confirmed = await rest<Store>('POST', `${id}/rollback`, { to: 2, confirm: name });
  expect(confirmed).toMatchObject({ status: 202, body: { generation: 4 } });
  await suite.api.trpc.stores.remove.mutate({ id });
});

test('of two rollbacks at once, one is told that the other was faster', async () => {
  const { id } = await createReady('twice');
  await update(id, { store: { title: 'B' } });
  const calls = await Promise.allSettled([1, 2].map(() => suite.api.trpc.stores.rollback.mutate({ id, to: 1 })));
  const reasons = calls.flatMap((call) => (call.status === 'rejected' ? [String(call.reason)] : []));
  expect(reasons).toEqual([
    expect.stringMatching(/rolled back the store|has the values and the chart that the store has now/),
  ]);
  await suite.settled(id, 3);
  expect(await ownValues(id)).toEqual({});
  expect((await list(id)).revisions).toHaveLength(3);
});

test('refuses software that is older than its database, also while the store is broken, and names the way on', async () => {
  const { id, name } = await createReady('older');
  await update(id, { woocommerce: { version: '11.0.2' } });
  await suite.api.trpc.stores.update.mutate({
    id,
    values: { woocommerce: { version: '11.0.2' }, wordpress: { image: { tag: 'missing' } } },
    confirm: name,
  });
  await suite.stores.phase(name, 'Failed');
  const refused = await rest<{ error: { code: string; message: string } }>('POST', `${id}/rollback`, { to: 1 });
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'downgrade_refused' } } });
  expect(refused.body.error.message).toMatch(/^values\.woocommerce\.version: must be 11\.0\.2 or newer/);
  await suite.api.trpc.stores.rollback.mutate({ id });
  await suite.settled(id, 4);
  expect(await ownValues(id)).toEqual({ woocommerce: { version: '11.0.2' } });
});

test('volumes keep what they have grown to', async () => {
  const { id } = await createReady('grown', { mariadb: { storage: { size: '2Gi' } } });
  await update(id, { store: { title: 'B' }, mariadb: { storage: { size: '3Gi' } } });
  await suite.api.trpc.stores.rollback.mutate({ id });
  await suite.settled(id, 3);
  expect(await ownValues(id)).toEqual({ mariadb: { storage: { size: '3Gi' } } });
});

test('compares any two: values, objects and what restarts, without secrets', async () => {
  const { id } = await createReady('compared', secret);
  const image = { repository: 'wordpress', tag: '7.2-php8.3-apache' };
  const values = { store: { title: 'B' }, wordpress: { image } };
  await suite.api.trpc.stores.update.mutate({ id, values, confirm: 'compared' });
  await suite.settled(id, 2);
  const comparison = await suite.api.trpc.stores.compareRevisions.query({ id, from: 1, to: 2 });
  expect(comparison).toMatchObject({
    values: [
      { path: ['store', 'title'], after: 'B' },
      { path: ['wordpress', 'image', 'tag'], before: '7.1-php8.3-apache', after: '7.2-php8.3-apache' },
      { path: ['wordpress', 'podAnnotations', 'example.com/api-key'], before: REDACTED },
    ],
    restarts: ['wordpress'],
  });
  expect(comparison).not.toHaveProperty('trouble');
  const { diff = '' } = comparison.objects.find(({ kind }) => kind === 'Deployment') ?? {};
  expect(diff).toMatch(/^- +image: wordpress:7\.1-php8\.3-apache$/m);
  expect(JSON.stringify(comparison)).not.toContain('hunter2');
  const back = await rest<RevisionComparison>('GET', `${id}/revisions/compare?from=2&to=1`);
  expect(back.body.objects).toHaveLength(comparison.objects.length);
  await expect(suite.api.trpc.stores.compareRevisions.query({ id, from: 1, to: 9 })).rejects.toThrow(
    'to: the store has no revision of generation 9',
  );
});
