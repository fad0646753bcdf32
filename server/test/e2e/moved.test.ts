/** After a change of the platform's settings: every store follows its address, with all its content, and keeps its volumes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '@shopyard/contracts';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Open, ordersInAdmin, placeOrder } from '../support/shopper.ts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, REAL, uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();
let store: Store;

beforeAll(async () => {
  // Its volumes are larger than the default below.
  store = await suite.create(uniqueName('moved'), { size: 'large' });
  await suite.stores.phase(store.name, 'Ready', PATIENCE_MS);
}, PATIENCE_MS);

test('a store follows the platform to another port', async () => {
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

test('a new default size and storage class of the platform change no existing volume', async () => {
  const kubectl = (...args: string[]): Promise<string> => suite.tools.kubectl(...args, '-n', store.namespace);
  const claims = (): Promise<string> =>
    kubectl(
      'get',
      'pvc',
      '-o',
      'jsonpath={range .items[*]}{.metadata.uid} {.spec.resources.requests.storage}{"\\n"}{end}',
    );
  const before = await claims();
  const file = join(suite.dir, 'platform-values.yaml');
  const own = suite.env['SHOPYARD_STORE_VALUES'];
  const given = (own ? parse(readFileSync(own, 'utf8')) : {}) as Record<'mariadb' | 'wordpress', object | undefined>;
  const storage = { className: 'other' };
  const changed = {
    size: 'medium',
    mariadb: { ...given.mariadb, storage },
    wordpress: { ...given.wordpress, storage },
  };
  writeFileSync(file, JSON.stringify({ ...given, ...changed }));
  await suite.stop();
  await suite.start({ SHOPYARD_STORE_VALUES: file });
  const { generation } = await suite.api.trpc.stores.update.mutate({ id: store.id, values: {} });
  await suite.settled(store.id, generation);
  expect(await kubectl('get', 'sts', 'mariadb', '-o', 'jsonpath={..limits.memory}')).toBe('1Gi');
  expect(before).toMatch(/ 50Gi\n.* 50Gi\n/);
  expect(await claims()).toBe(before);
});
