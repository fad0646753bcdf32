/** A store without an owner. Every embedded store starts as one, so that none inherits another's data. */
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** Placeholders that occur nowhere else; the step `adopt` replaces them with the store's own values. */
const IDENTITY = {
  STORE_URL: 'http://blank-store.invalid',
  STORE_TITLE: 'blank-store-title',
  ADMIN_EMAIL: 'nobody@blank-mail.invalid',
  ADMIN_USERNAME: 'blank-store-admin',
};
const KEYS = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].flatMap((name) => [`${name}_KEY`, `${name}_SALT`]);
/** A hash that no password matches. */
const NO_PASSWORD = '!';
/** Options that are random per store; they are generated if missing. */
const SECRET_OPTIONS = [
  ...KEYS.map((name) => name.toLowerCase()),
  'secret_key',
  'recovery_keys',
  'woocommerce_store_id',
  'woocommerce_share_key',
  'woocommerce_maxmind_geolocation_settings',
];

type Environment = Record<string, string>;

/** The environment of a blank store's setup. All it takes from the future store is the WooCommerce settings. */
export function blankEnvironment(env: Environment): Environment {
  const kept = Object.entries(env).filter(([name]) => name.startsWith('WOOCOMMERCE_'));
  const secrets = ['ADMIN_PASSWORD', ...KEYS.map((name) => `WORDPRESS_${name}`)];
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(secrets.map((name) => [name, randomBytes(24).toString('hex')])),
    ...IDENTITY,
    STORE_CURRENCY: 'EUR',
    STORE_COUNTRY: 'DE',
    WORDPRESS_CONFIG_EXTRA: "define('DISABLE_WP_CRON', true);",
  };
}

/** The environment of the step `adopt`: the values to replace, next to the store's own. */
export function adoptingEnvironment(env: Environment): Environment {
  const copied = Object.entries(IDENTITY).map(([name, value]) => [`COPIED_${name}`, value]);
  // Only names of the environment are copied.
  return { ...env, ...(Object.fromEntries(copied) as Environment) };
}

/** Erases the password and random options from its database. Throws if it is not a store's database. */
export function stripStore(file: string): void {
  using db = new DatabaseSync(file);
  db.exec('PRAGMA secure_delete = ON');
  db.prepare('UPDATE wp_users SET user_pass = ?').run(NO_PASSWORD);
  const list = SECRET_OPTIONS.map(() => '?').join(', ');
  db.prepare(`DELETE FROM wp_options WHERE option_name IN (${list})`).run(...SECRET_OPTIONS);
  db.exec('VACUUM');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}
