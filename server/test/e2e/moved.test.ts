/** The platform's own address changes: every store moves to the new one with all it has, links in its texts too. */
import { expect, test } from 'vitest';
import { type Open, ordersInAdmin, placeOrder } from '../support/shopper.ts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, REAL, uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();

test('a store follows the platform to another port', async () => {
  const store = await suite.create(uniqueName('moved'));
  await suite.stores.phase(store.name, 'Ready', PATIENCE_MS);
  const open: Open = (path, visit) => suite.open(store.name, path, visit);
  const order = suite.cluster.noOrders ? undefined : await placeOrder(open);
  const old = new URL(suite.server.url).port;
  if (REAL) await insertPage(`<a href="http://${store.name}.localhost:${old}/shop/">to the shop</a>`);

  await suite.stop();
  await suite.start({ SHOPYARD_PORT: '0' });
  const { port } = new URL(suite.server.url);
  const url = `http://${store.name}.localhost:${port}`;
  expect(port).not.toBe(old);
  await suite.stores.phase(store.name, 'Upgrading', PATIENCE_MS);
  const all = await suite.stores.phase(store.name, 'Ready', PATIENCE_MS);
  expect(all.find(({ name }) => name === store.name)).toMatchObject({ url, generation: 1 });
  const values = await suite.tools.helm('get', 'values', store.name, '-n', store.namespace, '-o', 'json');
  expect(JSON.parse(values)).toMatchObject({ store: { url } });
  const { timeline } = await suite.api.trpc.stores.timeline.query({ id: store.id });
  expect(timeline.map(({ message }) => message).join('\n')).toContain(`move to ${url} in `);
  expect((await open('/')).status).toBe(200);
  if (REAL) expect((await open('/links/')).body).toContain(`href="${url}/shop/"`);
  if (order) {
    const login = await suite.api.trpc.stores.credentials.mutate({ id: store.id });
    expect(await ordersInAdmin(open, login)).toContain(`#${order.id}`);
  }
  await suite.remove(store);

  function insertPage(content: string): Promise<string> {
    const page = { post_type: 'page', post_status: 'publish', post_title: 'Links', post_content: content };
    const php = `require '/var/www/html/wp-load.php'; wp_insert_post(json_decode(${JSON.stringify(JSON.stringify(page))}, true));`;
    return suite.tools.kubectl('exec', 'deployment/wordpress', '-n', store.namespace, '--', 'php', '-r', php);
  }
});
