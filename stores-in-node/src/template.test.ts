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

/** The part of WordPress's schema that templates change. */
const TABLES = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE wp_users (user_login, user_pass);
  CREATE TABLE wp_options (option_name, option_value);
`;

function place(): {
  /** Folder of the templates. */
  templates: string;
  cache: string;
  spec: (name: string, script?: string) => Spec;
  /** Writes what the setup of a blank store leaves. */
  fill: (name: string, text: string) => void;
  read: (name: string) => string;
} {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-template-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const database = (name: string): string => join(dir, name, 'database/store.sqlite');
  return {
    templates: join(dir, 'templates'),
    cache: join(dir, 'cache'),
    spec: (name, script = 'php') => {
      mkdirSync(join(dir, name), { recursive: true });
      return {
        task: 'setup',
        volume: join(dir, name),
        templates: join(dir, 'templates'),
        cache: join(dir, 'cache'),
        zips: { wordpress: '', woocommerce: '' },
        env: { WOOCOMMERCE_ENABLED: 'true', WOOCOMMERCE_VERSION: '1.0', ADMIN_EMAIL: `${name}@example.com` },
        scripts: { 'setup.php': script },
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

test('the first store creates the template, later ones start as copies; each is a copy until adopted', () => {
  const { spec, fill, read } = place();
  const first = templateOf(spec('one'), CODE);
  expect(first.begin()).toBe('blank');
  fill('one', 'blank');
  // Killed before the blank store was complete.
  expect(first.begin()).toBe('blank');
  first.completed();
  expect(first.begin()).toBe('copy');
  first.adopted();
  expect(first.begin()).toBe('own');

  const second = templateOf(spec('two'), CODE);
  expect(second.begin()).toBe('copy');
  expect(read('two')).toBe('blank');
  // Killed before its password was changed: still a copy.
  expect(templateOf(spec('two'), CODE).begin()).toBe('copy');
  second.adopted();
  expect(templateOf(spec('two'), CODE).begin()).toBe('own');
});

test('repeats a copy that was killed halfway; copies the database last', () => {
  const { spec, fill, read } = place();
  const first = templateOf(spec('one'), CODE);
  first.begin();
  fill('one', 'whole');
  first.completed();
  const killed = spec('two');
  writeFileSync(join(killed.volume, 'copy'), '');
  mkdirSync(join(killed.volume, 'database.new'));
  writeFileSync(join(killed.volume, 'database.new/store.sqlite'), 'ha');
  expect(templateOf(killed, CODE).begin()).toBe('copy');
  expect(read('two')).toBe('whole');
});

test('restarts a copy of an earlier version that was never adopted', () => {
  const { spec, fill } = place();
  fill('one', 'of another store');
  writeFileSync(join(spec('one').volume, 'copied'), '');
  expect(templateOf(spec('one'), CODE).begin()).toBe('blank');
  expect(existsSync(join(spec('one').volume, 'database'))).toBe(false);
});

test('uses another template per script, WooCommerce and installation, and never replaces one', () => {
  const { spec, fill, read } = place();
  const first = templateOf(spec('one'), CODE);
  first.begin();
  fill('one', 'first');
  first.completed();
  const empty = spec('two');
  const env = { ...empty.env, WOOCOMMERCE_VERSION: '1.1' };
  for (const other of [
    spec('two', 'other php'),
    { ...empty, env },
    { ...empty, templates: `${empty.templates}-other` },
  ]) {
    expect(templateOf(other, CODE).begin()).toBe('blank');
    rmSync(join(empty.volume, 'blank'));
  }
  expect(templateOf(empty, CODE).begin()).toBe('copy');
  fill('three', 'own');
  expect(templateOf(spec('three'), CODE).begin()).toBe('own');
  expect(read('three')).toBe('own');
});

describe('a template', () => {
  const SECRETS = ['$wp$2y$10$hash-of-the-password', 'nonce-salt', 'id-of-the-store', 'share-key'];

  function keep(): ReturnType<typeof place> {
    const one = place();
    const first = templateOf(one.spec('one'), CODE);
    first.begin();
    one.fill('one', 'as set up');
    {
      using db = new DatabaseSync(join(one.spec('one').volume, 'database/store.sqlite'));
      const [hash = '', ...options] = SECRETS;
      db.prepare('INSERT INTO wp_users VALUES (?, ?)').run('admin-x', hash);
      for (const [index, name] of ['nonce_salt', 'woocommerce_store_id', 'woocommerce_share_key'].entries())
        db.prepare('INSERT INTO wp_options VALUES (?, ?)').run(name, options[index] ?? '');
    }
    writeFileSync(join(one.spec('one').volume, 'wp-content/fatal.log'), 'a log');
    first.completed();
    return one;
  }

  test('contains no password, key or identifier, not even in free pages, and no log', () => {
    const { templates } = keep();
    const files = readdirSync(templates, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(join(templates, name)).isFile(),
    );
    expect(files.map((name) => name.replace(/^[\w-]+\//, ''))).toEqual(['database/store.sqlite']);
    const bytes = files.map((name) => readFileSync(join(templates, name), 'latin1')).join('');
    for (const secret of SECRETS) expect(bytes).not.toContain(secret);
    expect(bytes).toContain('as set up');
  });

  test('is inaccessible to other users', () => {
    expect(statSync(keep().templates).mode & 0o077).toBe(0);
  });

  test('is not kept if its secrets cannot be erased, and the store continues', () => {
    const { templates, spec } = place();
    const first = templateOf(spec('one'), CODE);
    first.begin();
    for (const folder of ['wp-content', 'database']) mkdirSync(join(spec('one').volume, folder));
    writeFileSync(join(spec('one').volume, 'database/store.sqlite'), 'no database, with a secret');
    expect(() => first.completed()).toThrow('not a database');
    expect(readdirSync(templates)).toEqual([]);
    expect(first.begin()).toBe('copy');
  });

  test('replaces templates of other code, of earlier versions and of killed setups', () => {
    const { cache, templates, spec, fill } = place();
    for (const folder of [
      `${cache}/templates/abc`,
      `${cache}/blank-stores/abc`,
      `${templates}/old-1`,
      `${templates}/a-b.4194305`,
    ])
      mkdirSync(folder, { recursive: true });
    const first = templateOf(spec('one'), CODE);
    first.begin();
    fill('one', 'as set up');
    first.completed();
    expect(readdirSync(cache)).toEqual([]);
    expect(readdirSync(templates)).toEqual([expect.stringMatching(/^\w{16}-\w{16}$/)]);
  });
});
