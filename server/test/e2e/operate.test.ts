/** Operating stores: resource changes, a rollback, a quota that is too small, fences, at once; then five more stores. */
import type { StoreValues } from '@shopyard/contracts';
import { expect, test, vi } from 'vitest';
import { type Open, ordersInAdmin, placeOrder } from '../support/shopper.ts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, PLAIN, REAL, uniqueName } from '../support/test-cluster.ts';

if (!REAL)
  process.stderr.write('Network policies are tested on a real cluster only: the embedded one has no network.\n');
else process.stderr.write('Several stores come up at once in order.test.ts and killed.test.ts, on this cluster too.\n');

const suite = useSuite();
/** Both parts restart. The volumes stay as they are: helm refuses to go back behind one that has grown. */
const storage = { size: '2Gi' };
const LARGER = {
  size: 'medium',
  wordpress: { storage, resources: { limits: { memory: '1Gi' } } },
  mariadb: { storage, resources: { limits: { memory: '768Mi' } } },
};
/** Within which a store of another size serves again, its setup included. */
const RESIZED_MS = 60_000;

const create = (prefix: string, values = {}): ReturnType<typeof suite.create> =>
  suite.create(uniqueName(prefix), values);

test.concurrent(
  'orders survive a larger size, a manual rollback and a smaller size, and new ones are taken',
  async ({ expect }) => {
    const store = await create('grow');
    await suite.settled(store.id, 1);
    const open: Open = (path, visit) => suite.open(store.name, path, visit);
    const orders = suite.cluster.noOrders ? undefined : [await placeOrder(open)];
    const resize = async (values: StoreValues, generation: number): Promise<void> => {
      await suite.api.trpc.stores.update.mutate({ id: store.id, values });
      await suite.settled(store.id, generation, RESIZED_MS);
    };
    /** All orders so far are in the admin, and one more is placed. */
    const expectSelling = async (): Promise<void> => {
      if (!orders) return;
      const login = await suite.api.trpc.stores.credentials.mutate({ id: store.id });
      const areListed = async (): Promise<boolean> => {
        const page = await ordersInAdmin(open, login);
        return orders.every(({ id }) => page.includes(`#${id}`));
      };
      // On a busy node a shop may not find its database for a moment, though both are ready.
      await vi.waitFor(async () => expect(await areListed()).toBe(true), 30_000);
      orders.push(await placeOrder(open));
    };

    await resize(LARGER, 2);
    const limitOf = (): Promise<string> =>
      suite.tools.kubectl(
        'get',
        'deployment',
        'wordpress',
        '-n',
        store.namespace,
        '-o',
        'jsonpath={.spec.template.spec.containers[0].resources.limits.memory}',
      );
    expect(await limitOf()).toBe('1Gi');
    await expectSelling();

    // An out-of-band rollback: Shopyard restores the requested generation.
    await suite.tools.helm('rollback', store.name, '1', '-n', store.namespace);
    await expect
      .poll(() => suite.tools.helm('history', store.name, '-n', store.namespace), { timeout: PATIENCE_MS })
      .toMatch(/^4\s.*deployed/m);
    await suite.settled(store.id, 2);
    expect(await limitOf()).toBe('1Gi');
    await resize({ size: 'small' }, 3);
    expect(await limitOf()).not.toBe('1Gi');
    await expectSelling();
  },
  3 * PATIENCE_MS,
);

test.concurrent('explains a quota that is too small within seconds; an update raises it', async () => {
  const store = await create('tight', { ...PLAIN, quota: { hard: { pods: '1' } } });
  const explained = await suite.stores.until(
    'QuotaExceeded',
    (all) => all.some(({ id, reason }) => id === store.id && reason === 'QuotaExceeded'),
    30_000,
  );
  expect(explained.find(({ id }) => id === store.id)?.message).toMatch(
    /requested: pods=1, used: pods=1, limited: pods=1.*Raise the quota/,
  );
  await suite.api.trpc.stores.update.mutate({ id: store.id, values: PLAIN });
  await suite.settled(store.id, 2);
});

test
  .runIf(REAL)
  .concurrent('other namespaces can’t reach the database of a store if the network enforces policies', async () => {
    const store = await create('fenced', PLAIN);
    await suite.settled(store.id, 1);
    const image = await suite.tools.kubectl(
      'get',
      'deployment',
      'wordpress',
      '-n',
      store.namespace,
      '-o',
      'jsonpath={.spec.template.spec.containers[0].image}',
    );
    const name = uniqueName('probe');
    const connect = `timeout 5 bash -c 'exec 3<>/dev/tcp/mariadb.${store.namespace}/3306' && echo reached || echo refused`;
    const found = await suite.tools.kubectl(
      'run',
      name,
      '-n',
      'default',
      `--image=${image}`,
      '--restart=Never',
      '--rm',
      '-i',
      '--quiet',
      '--command',
      '--',
      'bash',
      '-c',
      connect,
    );
    expect(found).toMatch(/reached|refused/);
    if (found.includes('reached'))
      process.stderr.write(
        "This cluster's network does not enforce NetworkPolicies: another namespace reached a store's database.\n",
      );
  });

test.skipIf(REAL)('five simultaneous stores all become Ready', async () => {
  const started = performance.now();
  const five = await Promise.all([1, 2, 3, 4, 5].map((index) => create(`five${index}`)));
  await Promise.all(five.map(({ id }) => suite.settled(id, 1)));
  process.stderr.write(
    `Five stores at once were Ready after ${((performance.now() - started) / 1000).toFixed(0)} s.\n`,
  );
  await Promise.all(five.map((store) => suite.remove(store)));
  expect([...suite.stores.stores.values()].filter(({ name }) => name.startsWith('five'))).toEqual([]);
});
