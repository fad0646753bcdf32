/** The chart's setup with real WordPress and WooCommerce: it preserves a merchant's changes and moves links. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { installation, MISSING, type TestStore } from '../test/setup-process.ts';

if (MISSING) process.stderr.write(`The setup of stores is not tested with WordPress: ${MISSING} is missing.\n`);

const PATIENCE_MS = 300_000;
const storeAt = installation();
const COPIED =
  /^setup: adopt\nsetup: versions \{"wordpress":"7\.1","wordpress_db":"\d+","woocommerce":"11\.0\.1","woocommerce_db":"11\.0\.1","php":"8\.3\.\d+"\}\nsetup: done\n$/;
let first: TestStore;
let copy: TestStore;

beforeAll(async () => {
  if (MISSING) return;
  first = storeAt('quixote', 31_001);
  copy = storeAt('zenobia', 31_002);
  expect(await first.setUp()).toMatchObject({ code: 0 });
  expect(await copy.setUp()).toMatchObject({ code: 0, said: expect.stringMatching(COPIED) as string });
}, PATIENCE_MS);

/** Options that a merchant changes in wp-admin, as the database stores them. */
const BY_MERCHANT: Record<string, string> = {
  blogname: "Zenobia's",
  blogdescription: 'Silk',
  permalink_structure: '/archive/%post_id%',
  show_on_front: 'posts',
  page_on_front: '0',
  woocommerce_currency: 'CHF',
  woocommerce_coming_soon: 'yes',
  woocommerce_enable_guest_checkout: 'no',
  woocommerce_allow_tracking: 'yes',
  woocommerce_hold_stock_minutes: '30',
  woocommerce_email_from_address: 'orders@example.org',
  woocommerce_cod_settings: 'a:1:{s:7:"enabled";s:2:"no";}',
};
const seen = (): object =>
  Object.fromEntries(Object.keys(BY_MERCHANT).map((name) => [name, String(copy.option(name))]));

test.skipIf(MISSING)('a copy contains nothing of another store in any table or file, and sends no mail', () => {
  expect(copy.find('quixote', '31001', 'blank-store', 'blank-mail')).toEqual([]);
  const files = readdirSync(copy.volume, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(copy.volume, name)).isFile(),
  );
  for (const name of files) {
    const text = readFileSync(join(copy.volume, name), 'latin1');
    expect(/quixote|31001/.exec(name + text)?.[0], name).toBeUndefined();
  }
  for (const { volume } of [first, copy]) expect(readdirSync(join(volume, 'mail'))).toEqual([]);
  expect(copy.option('siteurl')).toBe('http://zenobia.localhost:31002');
  expect(copy.option('home')).toBe('http://zenobia.localhost:31002');
  expect(copy.option('woocommerce_currency')).toBe('USD');
  expect(copy.option('woocommerce_default_country')).toBe('US:CA');
  const ids = [first, copy].map(({ option }) => option('woocommerce_store_id'));
  expect(new Set(ids).size).toBe(2);
  const hashes = [first, copy].map(({ query }) => query('SELECT user_pass FROM wp_users')[0]?.['user_pass']);
  expect(hashes).toEqual([expect.stringMatching(/^\$wp/), expect.stringMatching(/^\$wp/)]);
});

test.skipIf(MISSING)(
  'keeps what a merchant changed, also in a store of an earlier version and after later changes of values',
  async () => {
    for (const [name, value] of Object.entries(BY_MERCHANT))
      copy.query('UPDATE wp_options SET option_value = ? WHERE option_name = ?', value, name);
    copy.query(`UPDATE wp_users SET user_login = 'owner', user_pass = 'changed', display_name = 'owner'`);
    copy.query(`DELETE FROM wp_woocommerce_shipping_zone_methods`);
    copy.query(`DELETE FROM wp_posts WHERE post_name IN ('sample-mug', 'refund_returns')`);
    const pages = copy.query(`SELECT ID, post_status FROM wp_posts WHERE post_type IN ('page', 'product')`);
    const unchanged = (): void => {
      expect(seen()).toEqual(BY_MERCHANT);
      expect(copy.query('SELECT user_login, user_pass FROM wp_users')).toEqual([
        { user_login: 'owner', user_pass: 'changed' },
      ]);
      expect(copy.query('SELECT * FROM wp_woocommerce_shipping_zone_methods')).toEqual([]);
      expect(copy.query(`SELECT ID, post_status FROM wp_posts WHERE post_type IN ('page', 'product')`)).toEqual(pages);
    };
    // Earlier versions kept no record of what they wrote.
    copy.query(`DELETE FROM wp_options WHERE option_name = 'shopyard_written'`);
    const older = await copy.setUp();
    expect(older.said).toMatch(/setup: done\n$/);
    expect(older.said).toContain('setup: blogname was changed in wp-admin, and stays');
    expect(older.said).toContain('setup: woocommerce_currency was changed in wp-admin, and stays');
    unchanged();

    const url = 'https://silk.example.test';
    const links = serialized(`http://zenobia.localhost:31002/about/`);
    copy.query(
      `INSERT INTO wp_options (option_name, option_value, autoload) VALUES ('theme_mods_silk', ?, 'on')`,
      links,
    );
    copy.query(
      `UPDATE wp_options SET option_value = '10.4.0' WHERE option_name IN ('woocommerce_version', 'woocommerce_db_version')`,
    );
    copy.query(
      `INSERT INTO wp_options (option_name, option_value, autoload) VALUES ('woocommerce_task_list_reminder_bar_hidden', 'yes', 'on')`,
    );
    const next = await copy.setUp({ STORE_URL: url, STORE_TITLE: 'New', STORE_CURRENCY: 'JPY', STORE_COUNTRY: 'FR' });
    expect(next.said).toMatch(/setup: done\n$/);
    unchanged();
    // Unchanged options follow their values.
    expect(copy.option('woocommerce_default_country')).toBe('FR');
    expect(copy.option('theme_mods_silk')).toBe(serialized(`${url}/about/`));
    expect(copy.find('zenobia.localhost', '31002')).toEqual([]);
    expect(copy.option('home')).toBe(url);
    // The database of an older WooCommerce is updated completely.
    expect(next.said).toContain('the database of WooCommerce was updated from 10.4.0 to 11.0.1');
    expect(copy.option('woocommerce_db_version')).toBe('11.0.1');
    expect(copy.option('woocommerce_task_list_reminder_bar_hidden')).toBeUndefined();
    const waiting = `SELECT hook FROM wp_actionscheduler_actions WHERE status = 'pending' AND hook IN ('woocommerce_run_update_callback', 'woocommerce_update_db_to_current_version')`;
    expect(copy.query(waiting)).toEqual([]);
  },
  PATIENCE_MS,
);

test.skipIf(MISSING)(
  'leaves WooCommerce deactivated if that was done in wp-admin',
  async () => {
    const active = String(first.option('active_plugins'));
    const activate = (plugins: string): unknown =>
      first.query(`UPDATE wp_options SET option_value = ? WHERE option_name = 'active_plugins'`, plugins);
    activate('a:0:{}');
    const next = await first.setUp();
    expect(next.said).toMatch(/setup: done\n$/);
    expect(next.said).toContain('setup: WooCommerce was deactivated in wp-admin, and stays so');
    expect(first.option('active_plugins')).toBe('a:0:{}');
    activate(active);
  },
  PATIENCE_MS,
);

test.skipIf(MISSING)(
  'permanently refuses a WooCommerce or WordPress older than the database, and names the value to change',
  async () => {
    const lowered = await first.setUp({ WOOCOMMERCE_VERSION: '10.9.3' });
    expect(lowered.code).toBe(64);
    expect(lowered.said).toMatch(
      /woocommerce\.version is 10\.9\.3, and the database .* is that of WooCommerce 11\.0\.1/,
    );
    first.query(`UPDATE wp_options SET option_value = '11.0.2' WHERE option_name = 'woocommerce_db_version'`);
    const older = await first.setUp();
    expect(older.code).toBe(64);
    expect(older.said).toMatch(/woocommerce\.version is 11\.0\.1, and the database .* is that of WooCommerce 11\.0\.2/);
    const written = String(first.option('shopyard_written'));
    const newer = written.replace(/"db_version";i:\d+/, '"db_version";i:99999');
    expect(newer).not.toBe(written);
    first.query(`UPDATE wp_options SET option_value = ? WHERE option_name = 'shopyard_written'`, newer);
    const image = await first.setUp();
    expect(image.code).toBe(64);
    expect(image.said).toContain('Set wordpress.image.tag');
  },
  PATIENCE_MS,
);

const serialized = (text: string): string => `a:1:{i:2;a:1:{s:4:"text";s:${text.length}:"${text}";}}`;
