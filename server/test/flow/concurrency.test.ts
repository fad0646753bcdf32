/** Simultaneous creates: all complete, none twice, without extra watches. */
import { beforeAll, expect, test } from 'vitest';
import { kubeconfigOf } from '../support/test-cluster.ts';
import { toolsFor } from '../support/tools.ts';
import { useServer } from '../support/use-server.ts';

const used = useServer();

beforeAll(async () => {
  await used.start();
});

test('two simultaneous creates with one name yield one store and one conflict', async () => {
  const results = await Promise.allSettled([1, 2].map(() => used.api.trpc.stores.create.mutate({ name: 'twin' })));
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = results.find((result) => result.status === 'rejected');
  expect(refused?.reason).toMatchObject({ data: { httpStatus: 409, shopyard: { code: 'name_taken' } } });
});

test('reusing an idempotency key yields the same store, or a conflict if the request differs', async () => {
  const context = { idempotencyKey: 'wish-1' };
  const create = (name: string): Promise<{ id: string }> => used.api.trpc.stores.create.mutate({ name }, { context });
  const [first, second] = await Promise.all([create('wish'), create('wish')]);
  expect(second?.id).toBe(first?.id);
  expect((await create('wish')).id).toBe(first?.id);
  await expect(create('other')).rejects.toMatchObject({ data: { shopyard: { code: 'idempotency_mismatch' } } });
});

test(
  '50 simultaneous creates become Ready, each phase in order, without extra watches',
  { timeout: 240_000 },
  async () => {
    await used.stores.allReady(2);
    const before = await openWatches();
    const names = Array.from({ length: 50 }, (_, index) => `bulk-${index}`);
    await Promise.all(names.map((name) => used.api.trpc.stores.create.mutate({ name })));
    await used.stores.allReady(52, 200_000);
    for (const name of names) expect(used.stores.phases.get(name), name).toEqual(['Queued', 'Provisioning', 'Ready']);
    expect(before).toBeGreaterThan(0);
    expect(await openWatches()).toBe(before);
  },
);

/** Counted by the API used.server. */
async function openWatches(): Promise<number> {
  const metrics = await toolsFor(kubeconfigOf(used.dataDir), used.dir).kubectl('get', '--raw', '/metrics');
  const counts = [...metrics.matchAll(/^apiserver_longrunning_requests\{.*verb="WATCH".*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}
