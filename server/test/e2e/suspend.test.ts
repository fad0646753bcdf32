/**
 * Suspends and resumes a store on either cluster: it has no pods meanwhile, keeps its orders, is open again within a minute,
 * and neither helm nor the setup runs.
 */
import type { Store } from '@shopyard/contracts';
import { expect, test, vi } from 'vitest';
import { type Open, placeOrder, readOrder } from '../support/shopper.ts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();

/** Within which a store that resumes is open again. */
const RESUMED_MS = 60_000;

test('suspends a store and resumes it with its orders', { timeout: 3 * PATIENCE_MS }, async () => {
  const store = await suite.create(uniqueName('sleep'));
  const { id, name, namespace } = store;
  await suite.settled(id, 1);
  const open: Open = (path, visit) => suite.open(name, path, visit);
  const kubectl = (...args: string[]): Promise<string> => suite.tools.kubectl('-n', namespace, ...args);
  const names = (kinds: string): Promise<string> => kubectl('get', kinds, '-o', 'name');
  const kept = (): Promise<string> => names('persistentvolumeclaims,services,secrets,ingresses,configmaps');
  const order = suite.cluster.noOrders ? undefined : await placeOrder(open);
  const before = await kept();
  const seen: Store[] = [];
  const until = async (phase: Store['phase'], patienceMs = PATIENCE_MS): Promise<void> => {
    const started = performance.now();
    await suite.stores.until(
      phase,
      (all) => {
        const own = all.find((one) => one.id === id);
        if (own) seen.push(own);
        return own?.phase === phase;
      },
      patienceMs,
    );
    process.stderr.write(`${phase} after ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);
  };

  for (const round of [1, 2]) {
    await suite.api.trpc.stores.suspend.mutate({ id, reason: `round ${round}` });
    await until('Suspended');
    await expect.poll(() => names('pods,jobs'), { timeout: PATIENCE_MS }).toBe('');
    expect(await kept()).toBe(before);
    expect((await open('/')).status).toBe(503);
    await suite.api.trpc.stores.resume.mutate({ id });
    await until('Ready', RESUMED_MS);
    expect((await open('/')).status).toBe(200);
    // On a busy node a shop may not find its database for a moment, though both are ready.
    if (order)
      await vi.waitFor(async () => expect(await readOrder(open, order)).toMatchObject({ id: order.id }), 30_000);
  }
  expect(await kept()).toBe(before);
  expect(seen.filter(({ attention }) => attention.level !== 'ok' && attention.level !== 'working')).toEqual([]);
  expect(seen.map(({ phase }) => phase)).not.toContain('Degraded');

  await suite.api.trpc.stores.suspend.mutate({ id });
  await until('Suspended');
  await kubectl('scale', 'deployment/wordpress', '--replicas=1');
  const replicas = (): Promise<string> => kubectl('get', 'deployment/wordpress', '-o', 'jsonpath={.spec.replicas}');
  await expect.poll(replicas, { timeout: PATIENCE_MS }).toBe('0');
});
