import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Spec } from './spec.ts';
import { templateOf } from './template.ts';

const CODE = { wordpress: '/w', woocommerce: '/c', sqlite: '/s' };

/** The part of WordPress's that templates are concerned with. */
const TABLES = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE wp_users (user_login, user_pass, user_email, user_activation_key);
  CREATE TABLE wp_usermeta (meta_key, meta_value);
  CREATE TABLE wp_options (option_name, option_value);
  CREATE TABLE wp_wc_orders (id, billing_email);
  CREATE TABLE wp_woocommerce_sessions (session_value);
`;

function place(): {
  /** Folder of the templates' cache. */
  cache: string;
  spec: (name: string, script?: string) => Spec;
  fill: (name: string, text: string) => void;
  read: (name: string) => string;
} {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-template-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const database = (name: string): string => join(dir, name, 'database/store.sqlite');
  return {
    cache: join(dir, 'cache'),
    spec: (name, script = 'php') => {
      mkdirSync(join(dir, name), { recursive: true });
      return {
        task: 'setup',
        volume: join(dir, name),
        cache: join(dir, 'cache'),
        zips: { wordpress: '', woocommerce: '' },
        env: { ADMIN_EMAIL: `${name}@example.com` },
        script,
      };
    },
    fill(name, text) {
      mkdirSync(join(dir, name, 'wp-content'), { recursive: true });
      mkdirSync(join(dir, name, 'database'), { recursive: true });
      using db = new DatabaseSync(database(name));
      db.exec(TABLES);
      db.prepare('INSERT INTO wp_options VALUES (?, ?)').run('blogname', text);
    },
    read(name) {
      using db = new DatabaseSync(database(name));
      return String(
        db.prepare(`SELECT option_value FROM wp_options WHERE option_name = 'blogname'`).get()?.['option_value'],
      );
    },
  };
}

test('the first store is kept, the second begins as its copy, until it is adopted', () => {
  const { spec, fill, read } = place();
  const first = templateOf(spec('one'), CODE);
  expect(first.restore()).toBe(false);
  fill('one', 'as set up');
  first.save();
  const second = templateOf(spec('two'), CODE);
  expect(second.restore()).toBe(true);
  expect(read('two')).toBe('as set up');
  // Killed before its password was changed: it still is a copy.
  const again = templateOf(spec('two'), CODE);
  expect(again.restore()).toBe(true);
  again.adopted();
  expect(templateOf(spec('two'), CODE).restore()).toBe(false);
});

test('a copy that was killed half way is made anew; the database comes last', () => {
  const { spec, fill, read } = place();
  const first = templateOf(spec('one'), CODE);
  fill('one', 'whole');
  first.save();
  const killed = spec('two');
  writeFileSync(join(killed.volume, 'copied'), '');
  mkdirSync(join(killed.volume, 'database.new'));
  writeFileSync(join(killed.volume, 'database.new/store.sqlite'), 'ha');
  expect(templateOf(killed, CODE).restore()).toBe(true);
  expect(read('two')).toBe('whole');
});

test('another script has another template; what was there is never replaced', () => {
  const { spec, fill, read } = place();
  const first = templateOf(spec('one'), CODE);
  fill('one', 'first');
  first.save();
  expect(templateOf(spec('two', 'other php'), CODE).restore()).toBe(false);
  fill('three', 'own');
  expect(templateOf(spec('three'), CODE).restore()).toBe(false);
  expect(read('three')).toBe('own');
  expect(existsSync(join(spec('three').volume, 'copied'))).toBe(false);
});

describe('a kept store', () => {
  const SECRETS = [
    '$wp$2y$10$hash-of-the-password',
    'session-token',
    'application-password',
    'nonce-salt',
    'customer-cart',
  ];

  function keep(): ReturnType<typeof place> {
    const one = place();
    const first = templateOf(one.spec('one'), CODE);
    one.fill('one', 'as set up');
    using db = new DatabaseSync(join(one.spec('one').volume, 'database/store.sqlite'));
    const [hash = '', session = '', application = '', salt = '', cart = ''] = SECRETS;
    db.prepare('INSERT INTO wp_users VALUES (?, ?, ?, ?)').run('admin-x', hash, 'one@example.com', 'key');
    db.prepare('INSERT INTO wp_usermeta VALUES (?, ?), (?, ?)').run(
      'session_tokens',
      session,
      '_application_passwords',
      application,
    );
    db.prepare('INSERT INTO wp_options VALUES (?, ?), (?, ?)').run(
      'nonce_salt',
      salt,
      'woocommerce_email_from_address',
      'one@example.com',
    );
    db.prepare('INSERT INTO wp_wc_orders VALUES (?, ?)').run(1, 'customer@example.com');
    db.prepare('INSERT INTO wp_woocommerce_sessions VALUES (?)').run(cart);
    writeFileSync(join(one.spec('one').volume, 'wp-content/fatal.log'), 'one@example.com');
    first.save();
    return one;
  }

  test('holds no secret, address or order of the store that it was made from, not even in free pages', () => {
    const { cache } = keep();
    const files = readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(join(cache, name)).isFile(),
    );
    expect(files.map((name) => name.replace(/^blank-stores\/\w+\//, ''))).toEqual(['database/store.sqlite']);
    const bytes = files.map((name) => readFileSync(join(cache, name), 'latin1')).join('');
    for (const secret of [...SECRETS, 'one@example.com', 'customer@example.com']) expect(bytes).not.toContain(secret);
  });

  test('is closed to other users', () => {
    const { cache } = keep();
    expect(statSync(join(cache, 'blank-stores')).mode & 0o077).toBe(0);
  });

  test("gives its copy the address of the copy's own administrator, also after a kill", () => {
    const { spec } = keep();
    for (const kill of [true, false]) {
      expect(templateOf(spec('two'), CODE).restore(), String(kill)).toBe(true);
      using db = new DatabaseSync(join(spec('two').volume, 'database/store.sqlite'));
      expect(db.prepare('SELECT user_pass, user_email FROM wp_users').all()).toEqual([
        { user_pass: '!', user_email: 'two@example.com' },
      ]);
      expect(db.prepare(`SELECT option_value FROM wp_options WHERE option_name LIKE '%from%'`).all()).toEqual([
        { option_value: 'two@example.com' },
      ]);
    }
  });

  test('is none when its secrets cannot be taken out', () => {
    const { cache, spec } = place();
    const first = templateOf(spec('one'), CODE);
    for (const folder of ['wp-content', 'database']) mkdirSync(join(spec('one').volume, folder));
    writeFileSync(join(spec('one').volume, 'database/store.sqlite'), 'no database, with a secret');
    expect(() => first.save()).toThrow('not a database');
    expect(readdirSync(join(cache, 'blank-stores'))).toEqual([]);
  });

  test('takes the place of those that earlier versions and killed setups left', () => {
    const { cache, spec, fill } = place();
    for (const name of ['templates/abc/database', 'blank-stores/abc.4194305/database'])
      mkdirSync(join(cache, name), { recursive: true });
    const first = templateOf(spec('one'), CODE);
    fill('one', 'as set up');
    first.save();
    expect(readdirSync(cache)).toEqual(['blank-stores']);
    expect(readdirSync(join(cache, 'blank-stores'))).toEqual([expect.stringMatching(/^\w{16}$/)]);
  });
});
