/** Embedded stores against strangers: the first store, and one that starts as its copy. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { CHECKS, type HardenedStore } from '../support/hardened-store.ts';
import { openStore } from '../support/open-store.ts';
import { MISSING, PATIENCE_MS, realStoresEnv } from '../support/real-stores.ts';
import { useServer } from '../support/use-server.ts';

if (MISSING) process.stderr.write(`Embedded stores are not attacked for real: ${MISSING} is not there.\n`);

const used = useServer();
const volumes = join(used.dataDir, 'volumes');
let original: HardenedStore & { volume: string };
let copy: HardenedStore & { volume: string };

beforeAll(async () => {
  if (MISSING) return;
  await used.start(realStoresEnv(join(used.dir, 'cache')));
  original = await createStore('original');
  copy = await createStore('copy');
}, 2 * PATIENCE_MS);

async function createStore(name: string): Promise<HardenedStore & { volume: string }> {
  const before = existsSync(volumes) ? readdirSync(volumes) : [];
  const { id } = await used.api.trpc.stores.create.mutate({ name });
  await used.stores.phase(name, 'Ready', PATIENCE_MS);
  const own = readdirSync(volumes).filter((folder) => !before.includes(folder));
  const volume = join(volumes, own.find((folder) => existsSync(join(volumes, folder, 'database'))) ?? '');
  return {
    volume,
    open: (path, visit) => openStore(used.server.url, name, path, visit),
    login: await used.api.trpc.stores.credentials.mutate({ id }),
    putUpload(path, text) {
      const file = join(volume, 'wp-content/uploads', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return Promise.resolve();
    },
  };
}

describe.skipIf(MISSING)('the first store', () => {
  test.each(CHECKS)('$title', { timeout: PATIENCE_MS }, async ({ run }) => {
    expect.hasAssertions();
    await run(original);
  });
});

describe.skipIf(MISSING)('a store that started as a copy', () => {
  test('had a template with no password and nothing from the first store', () => {
    const templates = join(used.dataDir, 'templates');
    const [kept = ''] = readdirSync(templates);
    const template = readFileSync(join(templates, kept, 'database/store.sqlite'), 'latin1');
    expect(template).toContain('woocommerce_version');
    expect(template).not.toMatch(/\$wp\$|\$2y\$|\$P\$/);
    expect(template).not.toMatch(/session_tokens|_application_passwords/);
    using database = open(join(original.volume, 'database/store.sqlite'));
    const option = database.prepare('SELECT option_value FROM wp_options WHERE option_name = ?').pluck();
    const email = String(option.get('admin_email'));
    expect(email).toContain('@');
    // Short texts could occur anywhere by chance, so check the name and address, which a copy could inherit.
    for (const text of [email, 'original.localhost', `:${new URL(used.server.url).port}`])
      expect(template).not.toContain(text);
  });

  test('has its own login, and its database reveals no other', () => {
    expect(copy.login.username).toMatch(/^admin-[a-z0-9]{4}$/);
    expect(copy.login.username).not.toBe(original.login.username);
    using database = open(join(copy.volume, 'database/store.sqlite'));
    const tables = database.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    const rows = tables.flatMap(({ name }) => database.prepare(`SELECT * FROM "${name}"`).all());
    expect(rows.length).toBeGreaterThan(100);
    expect(JSON.stringify(rows)).toContain(copy.login.username);
    expect(JSON.stringify(rows)).not.toContain(original.login.username);
  });

  test.each(CHECKS)('$title', { timeout: PATIENCE_MS }, async ({ run }) => {
    expect.hasAssertions();
    await run(copy);
  });
});

function open(file: string): Database.Database & Disposable {
  const database = new Database(file, { readonly: true });
  return Object.assign(database, { [Symbol.dispose]: () => void database.close() });
}
