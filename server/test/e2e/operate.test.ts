/** Operating stores: resource changes, a rollback, a quota that is too small, fences, at once; then five more stores. */
import { expect, test } from 'vitest';
import { type Open, ordersInAdmin, placeOrder, readOrder } from '../support/shopper.ts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, PLAIN, REAL, uniqueName } from '../support/test-cluster.ts';

if (!REAL)
  process.stderr.write('Network policies are tested on a real cluster only: the embedded one has no network.\n');
else process.stderr.write('Several stores come up at once in order.test.ts and killed.test.ts, on this cluster too.\n');

const suite = useSuite();
/** Both parts restart. */
const RESOURCES = {
  wordpress: { resources: { limits: { memory: '1Gi' } } },
  mariadb: { resources: { limits: { memory: '768Mi' } } },
};

const create = (prefix: string, values = {}): ReturnType<typeof suite.create> =>
  suite.create(uniqueName(prefix), values);

test.concurrent('orders survive changed resources and a manual rollback', async ({ expect }) => {
  const store = await create('grow');
  await suite.settled(store.id, 1);
  const open: Open = (path, visit) => suite.open(store.name, path, visit);
  const order = suite.cluster.noOrders ? undefined : await placeOrder(open);

  await suite.api.trpc.stores.update.mutate({ id: store.id, values: RESOURCES });
  await suite.settled(store.id, 2);
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
  if (order) expect(await readOrder(open, order)).toMatchObject({ id: order.id });

  // An out-of-band rollback: Shopyard restores the requested generation.
  await suite.tools.helm('rollback', store.name, '1', '-n', store.namespace);
  await expect
    .poll(() => suite.tools.helm('history', store.name, '-n', store.namespace), { timeout: PATIENCE_MS })
    .toMatch(/^4\s.*deployed/m);
  await suite.settled(store.id, 2);
  expect(await limitOf()).toBe('1Gi');
  if (order) {
    const login = await suite.api.trpc.stores.credentials.mutate({ id: store.id });
    expect(await ordersInAdmin(open, login)).toContain(`#${order.id}`);
  }
});

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
