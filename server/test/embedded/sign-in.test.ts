/** Sign-in links of embedded stores. test/e2e/sign-in.test.ts has those of a real cluster. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogEvent, HistoryEntry } from '@shopyard/contracts';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../support/open-store.ts';
import { copiedStoresEnv, MISSING, PATIENCE_MS } from '@shopyard/testkit/real-stores';
import { CHECKS, type LinkedStore, pathOf } from '../support/sign-in-links.ts';
import { toolsFor } from '../support/tools.ts';
import { useServer } from '../support/use-server.ts';

if (MISSING) process.stderr.write(`Sign-in links of embedded stores are not tested: ${MISSING} is not there.\n`);

const used = useServer();
const volumes = join(used.dataDir, 'volumes');
let store: LinkedStore & { id: string; volume: string };
let other: LinkedStore;

beforeAll(async () => {
  if (MISSING) return;
  await used.start(copiedStoresEnv(used.dataDir));
  store = await createStore('alpha');
  other = await createStore('beta');
}, 2 * PATIENCE_MS);

async function createStore(name: string): Promise<LinkedStore & { id: string; volume: string }> {
  const before = existsSync(volumes) ? readdirSync(volumes) : [];
  const { id, url } = await used.api.trpc.stores.create.mutate({ name });
  await used.stores.phase(name, 'Ready', PATIENCE_MS);
  const own = readdirSync(volumes).filter((folder) => !before.includes(folder));
  const tools = toolsFor(join(used.dataDir, 'simulator.kubeconfig'), used.dir);
  const secret = await tools.kubectl('get', 'secret', 'store-credentials', '-n', `store-${name}`, '-o', 'json');
  const { data } = JSON.parse(secret) as { data: Record<string, string> };
  const decode = ([key, value]: [string, string]): [string, string] => [key, Buffer.from(value, 'base64').toString()];
  return {
    id,
    url,
    volume: join(volumes, own.find((folder) => existsSync(join(volumes, folder, 'database'))) ?? ''),
    open: (path, visit) => openStore(used.server.url, name, path, visit),
    login: await used.api.trpc.stores.credentials.mutate({ id }),
    link: async (to) => (await used.api.trpc.stores.loginLink.mutate({ id, to })).url,
    credentials: Object.fromEntries(Object.entries(data).map(decode)),
  };
}

describe.skipIf(MISSING)('sign-in links', () => {
  test.each(CHECKS)('$title', { timeout: PATIENCE_MS }, async ({ run }) => {
    expect.hasAssertions();
    await run(store, other);
  });

  test('work although a plugin hides the login page', { timeout: PATIENCE_MS }, async () => {
    const plugins = join(store.volume, 'wp-content/mu-plugins');
    mkdirSync(plugins, { recursive: true });
    const hide =
      "add_action('wp_loaded', fn() => str_contains($_SERVER['SCRIPT_NAME'], 'wp-login') && wp_die('', '', 404));";
    writeFileSync(join(plugins, 'hide.php'), `<?php ${hide}`);
    expect((await store.open('/wp-login.php')).status).toBe(404);
    expect((await store.open(pathOf(await store.link()))).status).toBe(303);
    writeFileSync(join(plugins, 'hide.php'), '<?php');
  });

  test('leave no token behind, and the rows of used links go', { timeout: PATIENCE_MS }, async () => {
    const noted = async (): Promise<HistoryEntry[]> =>
      (await used.api.trpc.stores.timeline.query({ id: store.id })).timeline.filter(
        ({ what }) => what === 'login-link',
      );
    const links = (await noted()).length;
    const url = await store.link();
    const token = new URL(url).searchParams.get('shopyard-sign-in-token') ?? expect.fail();
    const rows = (): string[] => {
      using database = openDatabase(join(store.volume, 'database/store.sqlite'));
      const query = database.prepare<[], { name: string }>(
        "SELECT option_name AS name FROM wp_options WHERE option_name LIKE 'shopyard_signed_in_%'",
      );
      return query.all().map(({ name }) => name);
    };
    const before = rows();
    expect((await store.open(pathOf(url))).status).toBe(303);
    expect(rows()).toHaveLength(before.length + 1);
    const expired = new Database(join(store.volume, 'database/store.sqlite'));
    expired.exec("UPDATE wp_options SET option_value = '1' WHERE option_name LIKE 'shopyard_signed_in_%'");
    expired.close();
    expect((await store.open(pathOf(await store.link()))).status).toBe(303);
    expect(rows()).toHaveLength(1);

    const timeline = await noted();
    expect(timeline).toHaveLength(links + 2);
    const ours = ['shopyard.db', 'shopyard.db-wal'].map((file) => readFileSync(join(used.dataDir, file), 'latin1'));
    const theirs = ['store.sqlite', 'store.sqlite-wal'].map((file) => join(store.volume, 'database', file));
    const kept = theirs.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'latin1'));
    for (const text of [...ours, ...kept, used.server.log(), JSON.stringify(timeline)])
      expect(text).not.toContain(token);
  });

  test('show no token in the log that Shopyard shows', { timeout: PATIENCE_MS }, async () => {
    const url = await store.link();
    await store.open(pathOf(url));
    const lines = await logOf('GET /wp-login.php');
    expect(lines.join('\n')).toContain('shopyard-sign-in-token=[redacted]');
    expect(lines.join('\n')).not.toContain(new URL(url).searchParams.get('shopyard-sign-in-token'));
  });
});

/** The web container's log, once a line contains this. */
async function logOf(awaited: string): Promise<string[]> {
  const detail = await new Promise<{ pods: { name: string; component: string }[] }>((resolve, reject) => {
    const subscription = used.api.trpc.stores.watchOne.subscribe(
      { id: store.id },
      {
        onData({ data }) {
          if (data.type !== 'detail') return;
          subscription.unsubscribe();
          resolve(data);
        },
        onError: reject,
      },
    );
  });
  const pod = detail.pods.find(({ component }) => component === 'wordpress')?.name ?? expect.fail();
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const onData = ({ data }: { data: LogEvent }): void => {
      if (data.type === 'lines') lines.push(...data.lines.map(({ text }) => text));
      if (!lines.some((line) => line.includes(awaited))) return;
      subscription.unsubscribe();
      resolve(lines);
    };
    const input = { id: store.id, pod, container: 'wordpress' };
    const subscription = used.api.trpc.stores.logs.subscribe(input, { onData, onError: reject });
  });
}

function openDatabase(file: string): Database.Database & Disposable {
  const database = new Database(file, { readonly: true });
  return Object.assign(database, { [Symbol.dispose]: () => void database.close() });
}
