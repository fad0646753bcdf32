/** Runs the chart's setup on a volume, as the embedded cluster does, and reads the resulting database. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Spec } from '../src/spec.ts';

const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'shopyard');
const zips = {
  wordpress: join(CACHE, 'wordpress-7.1.zip'),
  woocommerce: join(CACHE, 'woocommerce-11.0.1.zip'),
};
const FILES = fileURLToPath(new URL('../../charts/woocommerce/files/', import.meta.url));
const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** The first missing file; undefined if stores can run. */
export const MISSING = Object.values(zips).find((zip) => !existsSync(zip));

export interface TestStore {
  volume: string;
  /** Runs its setup; resolves with the exit code and the log. */
  setUp: (env?: Record<string, string>) => Promise<Ended>;
  /** Runs its setup, and kills it once this returns true. */
  killWhen: (isDue: () => boolean) => Promise<void>;
  query: (sql: string, ...values: SQLInputValue[]) => Record<string, unknown>[];
  option: (name: string) => unknown;
  /** Texts in any table that contain one of `texts`, with their location. */
  find: (...texts: string[]) => string[];
}

/** Stores of one installation, in a temporary folder. */
export function installation(): (name: string, port: number) => TestStore {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-setup-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const names = readdirSync(FILES).filter((name) => name.startsWith('setup'));
  const scripts = Object.fromEntries(names.map((name) => [name, readFileSync(join(FILES, name), 'utf8')]));
  return (name, port) => {
    const volume = join(dir, name);
    const base = { volume, templates: join(dir, 'templates'), cache: join(CACHE, 'unpacked'), zips, scripts };
    const query = (sql: string, ...values: SQLInputValue[]): Record<string, unknown>[] => {
      using db = new DatabaseSync(join(volume, 'database/store.sqlite'));
      return db.prepare(sql).all(...values);
    };
    const spec = (env: Record<string, string> = {}): Spec => ({
      ...base,
      task: 'setup',
      env: { ...environmentOf(name, port), ...env },
    });
    return {
      volume,
      query,
      setUp: (env) => run(spec(env)).ended,
      async killWhen(isDue) {
        const { child, ended } = run(spec());
        const timer = setInterval(() => isDue() && child.kill('SIGKILL'), 20);
        const { code, said } = await ended;
        clearInterval(timer);
        if (code !== null) throw new Error(`ended before it was killed: ${said}`);
      },
      option: (option) =>
        query('SELECT option_value FROM wp_options WHERE option_name = ?', option)[0]?.['option_value'],
      find: (...texts) =>
        query(`SELECT name FROM sqlite_master WHERE type = 'table'`).flatMap(({ name: table }) =>
          query(`SELECT * FROM "${String(table)}"`).flatMap((row) =>
            Object.entries(row)
              .filter(([, value]) => texts.some((text) => String(value).includes(text)))
              .map(([column, value]) => `${String(table)}.${column}: ${String(value)}`),
          ),
        ),
    };
  };
}

function environmentOf(name: string, port: number): Record<string, string> {
  const url = `http://${name}.localhost:${port}`;
  const keys = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].flatMap((key) => [`${key}_KEY`, `${key}_SALT`]);
  return {
    ...Object.fromEntries(keys.map((key) => [`WORDPRESS_${key}`, `${key} of ${name}`])),
    STORE_URL: url,
    STORE_TITLE: `${name} & Sons`,
    STORE_CURRENCY: 'USD',
    STORE_COUNTRY: 'US:CA',
    WOOCOMMERCE_ENABLED: 'true',
    WOOCOMMERCE_VERSION: '11.0.1',
    SETUP_HASH: 'hash',
    ADMIN_USERNAME: `admin-${name}`,
    ADMIN_PASSWORD: `password-${name}`,
    ADMIN_EMAIL: `mail-${name}@example.com`,
    WORDPRESS_CONFIG_EXTRA: `define('WP_HOME', getenv('STORE_URL')); define('WP_SITEURL', getenv('STORE_URL'));`,
  };
}

interface Ended {
  /** `null` if it was killed. */
  code: number | null;
  said: string;
}

function run(spec: Spec): { child: ChildProcess; ended: Promise<Ended> } {
  const flags = ['--experimental-wasm-jspi', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, MAIN], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  child.stdin.write(`${JSON.stringify(spec)}\n`);
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said }));
  return { child, ended };
}
