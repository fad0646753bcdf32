/** After a change of the platform's address, every store moves with all its content, links in texts included. */
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
  if (REAL) await insertLinks(`http://${store.name}.localhost:${old}/shop/`);

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
  if (REAL) expect(await inDatabase()).toEqual([url, { links: [`${url}/shop/`] }]);
  if (order) {
    const login = await suite.api.trpc.stores.credentials.mutate({ id: store.id });
    expect(await ordersInAdmin(open, login)).toContain(`#${order.id}`);
  }

  function runPhp(code: string): Promise<string> {
    const php = `require '/var/www/html/wp-load.php'; ${code}`;
    return suite.tools.kubectl('exec', 'deployment/wordpress', '-n', store.namespace, '--', 'php', '-r', php);
  }

  /** Writes the address into a page, and into an option that is stored serialised. */
  function insertLinks(link: string): Promise<string> {
    const content = `<a href="${link}">to the shop</a>`;
    const page = { post_type: 'page', post_status: 'publish', post_title: 'Links', post_content: content };
    const insert = `wp_insert_post(json_decode(${JSON.stringify(JSON.stringify(page))}, true));`;
    return runPhp(`${insert} update_option('some_links', ['links' => ['${link}']]);`);
  }

  /** The stored address, whatever WordPress is configured to report, and the option. */
  async function inDatabase(): Promise<unknown> {
    const home = `$wpdb->get_var("SELECT option_value FROM $wpdb->options WHERE option_name = 'home'")`;
    return JSON.parse(await runPhp(`echo json_encode([${home}, get_option('some_links')]);`)) as unknown;
  }
});
