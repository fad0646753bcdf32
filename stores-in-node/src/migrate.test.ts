/** The step `migrate` with real WooCommerce, whose database stands at an older version: it ends migrated, or says why not. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { installation, MISSING, type TestStore } from '../test/setup-process.ts';

if (MISSING) process.stderr.write(`Migrations are not tested with WooCommerce: ${MISSING} is missing.\n`);

const PATIENCE_MS = 300_000;
/** WooCommerce 11.0.1 has these updates after 10.8.0-2, and last the one that writes the version. */
const UPDATES = [
  'wc_update_1090_remove_task_list_reminder_bar_hidden_option',
  'wc_update_10902_remove_deprecated_push_notifications_option',
  'wc_update_1100_enable_point_of_sale_feature',
  'last',
];
const [FIRST = '', SECOND = '', THIRD = ''] = UPDATES;
const storeAt = installation();
let store: TestStore;

beforeAll(async () => {
  if (MISSING) return;
  store = storeAt('ledger', 31_003);
  expect(await store.setUp()).toMatchObject({ code: 0 });
  const plugins = join(store.volume, 'wp-content/mu-plugins');
  mkdirSync(plugins, { recursive: true });
  copyFileSync(new URL('../test/updates-plugin.php', import.meta.url), join(plugins, 'updates.php'));
  store.query(
    `INSERT INTO wp_wc_orders (id, status, type, currency, total_amount) VALUES (701, 'wc-processing', 'shop_order', 'USD', 12)`,
  );
}, PATIENCE_MS);

beforeEach(() => {
  if (MISSING) return;
  forgetRuns();
  for (const name of ['woocommerce_version', 'woocommerce_db_version'])
    store.query('UPDATE wp_options SET option_value = ? WHERE option_name = ?', '10.8.0-2', name);
});

const inContent = (name: string): string => join(store.volume, 'wp-content', name);
const forgetRuns = (): void => ['updates.log', 'held'].forEach((name) => rmSync(inContent(name), { force: true }));
const ask = (update: string, what: string): void => writeFileSync(inContent(`asked-${update}`), what);
const ran = (): string[] => readFileSync(inContent('updates.log'), 'utf8').trim().split('\n');
const queued = (): unknown[] =>
  store.query(
    `SELECT hook FROM wp_actionscheduler_actions WHERE status IN ('pending', 'in-progress') AND hook IN ('woocommerce_run_update_callback', 'woocommerce_update_db_to_current_version')`,
  );

function expectMigrated(): void {
  expect(store.option('woocommerce_db_version')).toBe('11.0.1');
  expect(store.option('woocommerce_version')).toBe('11.0.1');
  expect(queued()).toEqual([]);
  expectOrder();
}

function expectOrder(): void {
  expect(store.query('SELECT id, status, total_amount FROM wp_wc_orders')).toEqual([
    { id: 701, status: 'wc-processing', total_amount: 12 },
  ]);
}

test.skipIf(MISSING)(
  'runs all updates in order, counts them, and writes the version behind an update that needs another round',
  async () => {
    ask(SECOND, 'another round');
    const { code, said } = await store.setUp();
    expect(code, said).toBe(0);
    expect(said).toMatch(/setup: migrate 1 of 4\n[^]*setup: migrate 5 of 5\n/);
    expect(said).toContain('setup: the database of WooCommerce was updated from 10.8.0-2 to 11.0.1\n');
    // The other round may come before the third update or behind it, as the clock has it.
    expect(ran().toSorted()).toEqual([...UPDATES, SECOND].toSorted());
    expect(ran().at(-1)).toBe('last');
    expectMigrated();
  },
  PATIENCE_MS,
);

test.skipIf(MISSING)(
  'a run that is killed in an update goes on there, again and again',
  async () => {
    for (const [at, before] of [
      [FIRST, []],
      [THIRD, [FIRST, SECOND]],
      ['last', []],
    ] as const) {
      ask(at, 'hold');
      await store.killWhen(() => existsSync(inContent('held')));
      expect(ran()).toEqual([...before, ...(at === 'last' ? [THIRD] : []), at]);
      expect(queued()).not.toEqual([]);
      forgetRuns();
    }
    const { code, said } = await store.setUp();
    expect(code, said).toBe(0);
    expect(existsSync(inContent('updates.log'))).toBe(false);
    expectMigrated();
  },
  2 * PATIENCE_MS,
);

test.skipIf(MISSING)(
  'fails with the log of an update that fails or ends the process, loses no order, and goes on when it is repeated',
  async () => {
    ask(SECOND, 'fail');
    const failed = await store.setUp();
    expect(failed.code).toBe(1);
    expect(failed.said).toMatch(/setup: migrate\nsetup: migrate 1 of 4\nsetup: migrate 2 of 4\n/);
    expect(failed.said).toContain(`${SECOND} of WooCommerce's database failed: `);
    expect(failed.said).toContain('Deadlock found when trying to get lock');
    expect(failed.said).toMatch(
      /no order is lost. Retry goes on with .* 10\.9\.0; .* go back to 10\.9\.0, no further\n$/,
    );
    expect(store.option('woocommerce_db_version')).toBe('10.9.0');
    expectOrder();

    ask(THIRD, 'exit');
    const ended = await store.setUp();
    expect(ended.code).toBe(1);
    expect(ended.said).toContain('setup: the step ended before it was done');
    expectOrder();

    const { code, said } = await store.setUp();
    expect(code, said).toBe(0);
    expect(ran()).toEqual([FIRST, SECOND, SECOND, THIRD, THIRD, 'last']);
    expectMigrated();
  },
  2 * PATIENCE_MS,
);
