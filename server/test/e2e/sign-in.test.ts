/** Sign-in links on a real cluster, with Apache and MariaDB. test/embedded/sign-in.test.ts has those of embedded stores. */
import { beforeAll, describe, expect, test } from 'vitest';
import { CHECKS, type LinkedStore, pathOf } from '../support/sign-in-links.ts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, REAL, uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();

type Created = LinkedStore & {
  php: (code: string) => Promise<string>;
  log: () => Promise<string>;
};

describe.skipIf(!REAL)('sign-in links on a real cluster', () => {
  let store: Created;
  let other: Created;

  beforeAll(async () => {
    const { noOrders } = suite.cluster;
    if (noOrders) return void process.stderr.write(`No sign-in link is tried in this run: ${noOrders}.\n`);
    [store, other] = await Promise.all([createStore(), createStore()]);
  }, 2 * PATIENCE_MS);

  test.each(CHECKS)('$title', { timeout: PATIENCE_MS }, async ({ run }) => {
    if (suite.cluster.noOrders) return;
    expect.hasAssertions();
    await run(store, other);
  });

  test('a used link stays in the access log alone, and its row goes', { timeout: PATIENCE_MS }, async () => {
    if (suite.cluster.noOrders) return;
    const url = await store.link();
    const token = new URL(url).searchParams.get('shopyard-sign-in-token') ?? expect.fail();
    expect((await store.open(pathOf(url))).status).toBe(303);
    const rows = "SELECT option_name, option_value FROM wp_options WHERE option_name LIKE 'shopyard_signed_in_%'";
    const read = async (): Promise<string[][]> => JSON.parse(await query(rows)) as string[][];
    expect((await read()).length).toBeGreaterThan(1);
    expect(JSON.stringify(await read())).not.toContain(token);
    expect((await store.open(pathOf(url))).status).toBe(403);
    await query("UPDATE wp_options SET option_value = '1' WHERE option_name LIKE 'shopyard_signed_in_%'");
    expect((await store.open(pathOf(await store.link()))).status).toBe(303);
    expect(await read()).toHaveLength(1);
    expect(await store.log()).toContain(token);
    const log = suite.serverLog();
    expect(log).toContain(new URL(url).hostname.split('.')[0]);
    expect(log).not.toContain(token);
  });

  /** Rows as JSON. */
  function query(sql: string): Promise<string> {
    const connect =
      "new mysqli(getenv('WORDPRESS_DB_HOST'), getenv('WORDPRESS_DB_USER'), getenv('WORDPRESS_DB_PASSWORD'), getenv('WORDPRESS_DB_NAME'))";
    return store.php(`$r = (${connect})->query("${sql}"); echo is_bool($r) ? '[]' : json_encode($r->fetch_all());`);
  }

  async function createStore(): Promise<Created> {
    const { id, name, namespace, url } = await suite.create(uniqueName('sign-in'));
    await suite.stores.phase(name, 'Ready', PATIENCE_MS);
    const kubectl = (...args: string[]): Promise<string> => suite.tools.kubectl('-n', namespace, ...args);
    const { data } = JSON.parse(await kubectl('get', 'secret', 'store-credentials', '-o', 'json')) as {
      data: Record<string, string>;
    };
    const decode = ([key, value]: [string, string]): [string, string] => [key, Buffer.from(value, 'base64').toString()];
    return {
      url,
      open: (path, visit) => suite.open(name, path, visit),
      login: await suite.api.trpc.stores.credentials.mutate({ id }),
      link: async (to) => (await suite.api.trpc.stores.loginLink.mutate({ id, to })).url,
      credentials: Object.fromEntries(Object.entries(data).map(decode)),
      php: (code) => kubectl('exec', 'deploy/wordpress', '-c', 'wordpress', '--', 'php', '-r', code),
      log: () => kubectl('logs', 'deploy/wordpress', '-c', 'wordpress', '--tail=2000'),
    };
  }
});
