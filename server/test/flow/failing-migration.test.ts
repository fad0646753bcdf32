/** An upgrade whose migration of the database fails, or stalls: what the store says, and both ways on. */
import type { Store, StoreValues } from '@shopyard/contracts';
import { expect, test, vi } from 'vitest';
import { useSuite } from '../support/suite.ts';

// Attention is raised after ten seconds.
vi.setConfig({ testTimeout: 180_000 });

const suite = useSuite({ SHOPYARD_SIMULATOR_SPEED: '0', SHOPYARD_STEP_SECONDS: 'application=5' });

const upgrade = (failure: string): StoreValues => ({
  woocommerce: { version: '11.1.0', url: 'https://example.com/woocommerce.11.1.0.zip' },
  setup: { backoffLimit: 0, podAnnotations: { 'simulator.shopyard.dev/fail': failure } },
});

/** What an order is in: the claims with their volumes, and the key to the database. */
async function kept(namespace: string): Promise<string> {
  const read = (kind: string, columns: string): Promise<string> =>
    suite.tools.kubectl('get', kind, '-n', namespace, '-o', `custom-columns=${columns}`);
  return (
    (await read('persistentvolumeclaims', 'NAME:.metadata.name,UID:.metadata.uid,VOLUME:.spec.volumeName')) +
    (await read('secrets/store-credentials', 'UID:.metadata.uid,PASSWORD:.data.mariadb-password'))
  );
}

const attention = async (id: string): Promise<string> =>
  (await suite.api.trpc.stores.get.query({ id })).attention.level;

async function createReady(name: string): Promise<Store> {
  const store = await suite.create(name);
  await suite.settled(store.id, 1);
  return store;
}

// Both tests wait for most of their time.
test.concurrent(
  'a migration that fails leaves the store Failed with the step, the log and both ways on, and keeps what orders are in',
  async () => {
    const { id, name, namespace } = await createReady('failing');
    const before = await kept(namespace);
    await suite.api.trpc.stores.update.mutate({ id, values: upgrade('task-fails'), confirm: name });
    await suite.stores.phase(name, 'Failed');
    const failed = await suite.api.trpc.stores.get.query({ id });
    expect(failed).toMatchObject({ reason: 'SetupFailed' });
    expect(failed.message).toMatch(
      /^The setup failed at the step "migrate": .*wc_update_1110_lookup_tables.*no order is lost\. Retry goes on.*can go back to 11\.0\.1, no further/,
    );
    await expect.poll(() => attention(id), { timeout: 40_000 }).toBe('broken');
    // What the last complete setup found, which no failed one changes.
    expect(failed.versions).toMatchObject({ woocommerce_db: '11.0.1' });
    expect(await kept(namespace)).toBe(before);

    await suite.api.trpc.stores.retry.mutate({ id });
    await suite.stores.until('the retry failed', (all) =>
      all.some((store) => store.id === id && store.generation === 3 && store.phase === 'Failed'),
    );
    await suite.api.trpc.stores.rollback.mutate({ id, reason: 'the migration fails' });
    await suite.settled(id, 4);
    expect(await kept(namespace)).toBe(before);
    const { revisions } = await suite.api.trpc.stores.revisions.query({ id });
    expect(revisions.map(({ generation, outcome }) => [generation, outcome])).toEqual([
      [4, 'verified'],
      [2, 'failed'],
      [1, 'verified'],
    ]);
  },
);

test.concurrent(
  'a migration that stalls is reported once its step is overdue, and a rollback repairs the store',
  async () => {
    const { id, name, namespace } = await createReady('stalling');
    const before = await kept(namespace);
    await suite.api.trpc.stores.update.mutate({ id, values: upgrade('task-stalls'), confirm: name });
    await suite.stores.until('it is overdue', (all) =>
      all.some((store) => store.id === id && store.reason === 'StepOverdue'),
    );
    const logs = await suite.tools.kubectl('logs', '-n', namespace, 'job/setup-2');
    expect(logs.trim().split('\n').at(-1)).toBe('setup: migrate 2 of 3');
    await expect.poll(() => attention(id), { timeout: 40_000 }).toBe('stuck');
    expect(await kept(namespace)).toBe(before);
    await suite.api.trpc.stores.rollback.mutate({ id });
    await suite.settled(id, 3);
    expect(await kept(namespace)).toBe(before);
  },
);
