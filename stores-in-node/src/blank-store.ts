/** A store that is nobody's: what every embedded store begins as, so that none has anything of another one. */
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** Texts that occur nowhere else; the step `adopt` puts the store's own in their place. */
const IDENTITY = {
  STORE_URL: 'http://blank-store.invalid',
  STORE_TITLE: 'blank-store-title',
  ADMIN_EMAIL: 'nobody@blank-mail.invalid',
  ADMIN_USERNAME: 'blank-store-admin',
};
const KEYS = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].flatMap((name) => [`${name}_KEY`, `${name}_SALT`]);
/** WordPress accepts no password for it. */
const NO_PASSWORD = '!';
/** Options that are random, and one store's own: they are made when they are missing. */
const SECRET_OPTIONS = [
  ...KEYS.map((name) => name.toLowerCase()),
  'secret_key',
  'recovery_keys',
  'woocommerce_store_id',
  'woocommerce_share_key',
  'woocommerce_maxmind_geolocation_settings',
];

type Environment = Record<string, string>;

/** What the setup of a blank store is run with: of the store that comes of it, only which WooCommerce it has. */
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

/** What the step `adopt` is run with: what it finds, beside what the store shall have. */
export function adoptingEnvironment(env: Environment): Environment {
  const copied = Object.entries(IDENTITY).map(([name, value]) => [`COPIED_${name}`, value]);
  return { ...env, ...(Object.fromEntries(copied) as Environment) };
}

/** Takes the password and what is random out of its database, for good. Throws when it is no database of a store. */
export function stripStore(file: string): void {
  using db = new DatabaseSync(file);
  db.exec('PRAGMA secure_delete = ON');
  db.prepare('UPDATE wp_users SET user_pass = ?').run(NO_PASSWORD);
  const list = SECRET_OPTIONS.map(() => '?').join(', ');
  db.prepare(`DELETE FROM wp_options WHERE option_name IN (${list})`).run(...SECRET_OPTIONS);
  db.exec('VACUUM');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}
