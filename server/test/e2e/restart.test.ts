/** Restarts on request, on either cluster: orders survive, the store is never broken, and neither helm nor the setup runs. */
import type { Store } from '@shopyard/contracts';
import { expect, test, vi } from 'vitest';
import { type Open, placeOrder, readOrder } from '../support/shopper.ts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();

test('restarts the shop, then its database', { timeout: 2 * PATIENCE_MS }, async () => {
  const store = await suite.create(uniqueName('restart'));
  await suite.settled(store.id, 1);
  const open: Open = (path, visit) => suite.open(store.name, path, visit);
  const kubectl = (...args: string[]): Promise<string> => suite.tools.kubectl('-n', store.namespace, ...args);
  const podsOf = (component: string): Promise<string> =>
    kubectl('get', 'pods', '-l', `app.kubernetes.io/component=${component}`, '-o', 'jsonpath={.items[*].metadata.uid}');
  const revisions = async (): Promise<string> =>
    (await kubectl('get', 'configmaps', '-l', 'owner=helm', '-o', 'name')) +
    (await kubectl('get', 'jobs', '-l', 'app.kubernetes.io/component=setup', '-o', 'name'));
  const order = suite.cluster.noOrders ? undefined : await placeOrder(open);
  const before = await revisions();

  for (const component of ['wordpress', 'mariadb']) {
    const pods = await podsOf(component);
    const seen: Store[] = [];
    // From before the call on: on a busy machine its answer can come after the restart.
    const again = suite.stores.until(
      'Ready again',
      (all) => {
        const own = all.find(({ id }) => id === store.id);
        if (own) seen.push(own);
        return own?.phase === 'Ready' && seen.some(({ reason }) => reason === 'Restarting');
      },
      PATIENCE_MS,
    );
    const started = performance.now();
    await Promise.all([again, suite.api.trpc.stores.restart.mutate({ id: store.id, component })]);
    process.stderr.write(`${component} was restarted in ${((performance.now() - started) / 1000).toFixed(0)} s.\n`);
    expect(new Set(seen.map(({ attention }) => attention.level))).toEqual(new Set(['ok', 'working']));
    expect(new Set(seen.map(({ phase }) => phase))).toEqual(new Set(['Ready', 'Upgrading']));
    expect(await podsOf(component)).not.toBe(pods);
  }
  expect(await revisions()).toBe(before);
  // The address of a database leads to its new pod a moment after that is ready.
  const found = (): Promise<number | undefined> =>
    order ? readOrder(open, order).then(({ id }) => id) : Promise.resolve(undefined);
  await vi.waitFor(async () => expect(await found()).toBe(order?.id), 30_000);
  const { timeline } = await suite.api.trpc.stores.timeline.query({ id: store.id });
  const actions = timeline.filter(({ kind }) => kind === 'action').map(({ what }) => what);
  expect(actions).toEqual(['install', 'verify', 'restart', 'restart']);
});
