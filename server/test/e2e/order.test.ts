/** Selling: simultaneously created stores take orders; orders survive their pods; deletion leaves nothing. */
import { beforeAll, expect, test } from 'vitest';
import { leftoversOf } from '../support/leftovers.ts';
import { type Open, ordersInAdmin, placeOrder, readOrder } from '../support/shopper.ts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, REAL, uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();
const INGRESS_PORT = 80;

beforeAll(() => {
  const { noOrders } = suite.cluster;
  if (noOrders) process.stderr.write(`No orders are placed in this run: ${noOrders}.\n`);
});

test('three simultaneous stores become Ready, take orders, restart and are deleted without a trace', async () => {
  const names = ['one', 'two', 'three'].map((name) => uniqueName(name));
  const created = await Promise.all(names.map((name) => suite.create(name)));
  await Promise.all(names.map((name) => suite.stores.phase(name, 'Ready', PATIENCE_MS)));

  const [store] = created;
  const name = store?.name ?? '';
  const open: Open = (path, visit) => suite.open(name, path, visit);
  expect((await open('/')).status).toBe(200);
  if (REAL) expect((await open('/', { port: INGRESS_PORT })).status).toBe(200);

  if (!suite.cluster.noOrders) {
    const order = await placeOrder(open);
    expect(order.status).toBe('processing');
    const login = await suite.api.trpc.stores.credentials.mutate({ id: store?.id ?? '' });
    expect(await ordersInAdmin(open, login)).toContain(`#${order.id}`);

    await suite.tools.kubectl('delete', 'pods', '--all', '--namespace', store?.namespace ?? '');
    await suite.stores.phase(name, 'Ready', PATIENCE_MS);
    await expect.poll(async () => (await open('/')).status, { timeout: PATIENCE_MS }).toBe(200);
    expect(await readOrder(open, order)).toMatchObject({ id: order.id, status: 'processing' });
  }

  await Promise.all(created.map((store) => suite.remove(store)));
  await expect.poll(() => leftoversOf(suite.tools, created), { timeout: PATIENCE_MS }).toEqual([]);
});
