/** What makes a store's database somebody's own: taken out of a template, and put into its copies. */
import { DatabaseSync } from 'node:sqlite';

/** Stands in a template where the store had its administrator's address. */
const NOBODY = 'nobody@example.invalid';

/** WordPress accepts no password for it. */
const NO_PASSWORD = '!';

const SECRET_OPTIONS = [
  ...['auth', 'secure_auth', 'logged_in', 'nonce'].flatMap((name) => [`${name}_key`, `${name}_salt`]),
  'secret_key',
  'recovery_keys',
  'recovery_mode_email_last_sent',
  'adminhash',
  'new_admin_email',
  'mailserver_login',
  'mailserver_pass',
  'woocommerce_store_id',
];
/** Tables that hold what customers and programs left. */
const OF_PEOPLE =
  /^wp_(woocommerce_(sessions|api_keys|log|order_.*|payment_token.*|downloadable_product_permissions)|wc_(webhooks|download_log|rate_limits|reserved_stock|email_unsubscribes|customer_lookup|order.*)|comments|commentmeta)$/;

/**
 * Takes passwords, sessions, keys, addresses and orders out of a store's database, for good: nothing is left in free
 * pages or a journal. Throws when it is no database of a store.
 */
export function blankStore(file: string): void {
  using db = new DatabaseSync(file);
  db.exec('PRAGMA secure_delete = ON');
  const emails = db
    .prepare('SELECT user_email AS email FROM wp_users')
    .all()
    .map(({ email }) => String(email));
  db.prepare('UPDATE wp_users SET user_pass = ?, user_email = ?, user_activation_key = ?').run(NO_PASSWORD, NOBODY, '');
  const list = SECRET_OPTIONS.map(() => '?').join(', ');
  db.prepare(`DELETE FROM wp_options WHERE option_name IN (${list})`).run(...SECRET_OPTIONS);
  db.exec(`DELETE FROM wp_usermeta WHERE meta_key IN ('session_tokens', '_application_passwords')`);
  for (const email of emails)
    db.prepare('UPDATE wp_options SET option_value = ? WHERE option_value = ?').run(NOBODY, email);
  for (const { name } of db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all())
    if (OF_PEOPLE.test(String(name))) db.exec(`DELETE FROM "${String(name)}"`);
  db.exec('VACUUM');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** Puts an administrator's address where the template has none; again does nothing. */
export function addressStore(file: string, email: string): void {
  using db = new DatabaseSync(file);
  db.prepare('UPDATE wp_options SET option_value = ? WHERE option_value = ?').run(email, NOBODY);
  db.prepare('UPDATE wp_users SET user_email = ? WHERE user_email = ?').run(email, NOBODY);
}
