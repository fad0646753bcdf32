/** Real stores on the embedded cluster: WordPress and WooCommerce in Node take orders, survive kills, are deleted. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Api,
  clusterUrl,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import type { Store, StoreValues } from '@shopyard/contracts';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../support/open-store.ts';
import { MISSING, PATIENCE_MS, realStoresEnv } from '@shopyard/testkit/real-stores';
import { isRunning } from '../support/processes.ts';
import { type Open, ordersInAdmin, placeOrder, readOrder } from '../support/shopper.ts';

if (MISSING) process.stderr.write(`Embedded stores are not tested for real: ${MISSING} is not there.\n`);

const dir = temporaryDir();
/** Within which a store serves again that was changed or resumed. */
const AGAIN_MS = 60_000;
/** A fresh cache, so that the first store is created without a template. */
const cache = join(dir.path, 'cache');
const dataDir = join(dir.path, 'data');
let server: ServerProcess;
let api: Api;
let stores: StoreRecorder;

async function start(more: Record<string, string> = {}): Promise<void> {
  server = await startServerProcess({ dataDir, env: { ...realStoresEnv(cache), ...more } });
  api = connect(server.url);
  stores = new StoreRecorder(api);
}

async function stop(how: 'stop' | 'kill'): Promise<void> {
  stores[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
  await server[how]();
}

beforeAll(async () => {
  if (!MISSING) await start();
});

afterAll(async () => {
  if (!MISSING) await stop('stop');
  dir[Symbol.dispose]();
});

const openAt =
  (name: string): Open =>
  (path, visit) =>
    openStore(server.url, name, path, visit);
const open = openAt('alpha');
const volumes = (): string[] => readdirSync(join(dataDir, 'volumes'));
/** Pids of the processes that serve stores, from their lock files. */
const serving = (): number[] =>
  volumes().flatMap((name) => {
    const file = join(dataDir, 'volumes', name, 'serve.pid');
    return existsSync(file) ? [(JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid] : [];
  });
/** The embedded cluster's API server, at the URL of its kubeconfig. */
function cluster(method: string, path: string, body?: object): Promise<Response> {
  const url = clusterUrl(dataDir);
  const headers = { 'Content-Type': 'application/merge-patch+json' };
  return fetch(url + path, { method, ...(body ? { headers, body: JSON.stringify(body) } : {}) });
}
async function podsOf(name: string): Promise<string[]> {
  const path = `/api/v1/namespaces/store-${name}/pods?labelSelector=app.kubernetes.io%2Fcomponent%3Dwordpress`;
  const { items } = (await (await cluster('GET', path)).json()) as { items: { metadata: { name: string } }[] };
  return items.map(({ metadata }) => metadata.name);
}
async function volumeOf(name: string): Promise<string> {
  const path = `/api/v1/namespaces/store-${name}/persistentvolumeclaims/wordpress-content`;
  const { spec } = (await (await cluster('GET', path)).json()) as { spec: { volumeName: string } };
  return join(dataDir, 'volumes', spec.volumeName);
}
async function databaseOf(name: string): Promise<Database.Database & Disposable> {
  const database = new Database(join(await volumeOf(name), 'database/store.sqlite'), { readonly: true });
  return Object.assign(database, { [Symbol.dispose]: () => void database.close() });
}
function rowsOf(database: Database.Database): unknown[] {
  const tables = database.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  return tables.flatMap(({ name }) => database.prepare(`SELECT * FROM "${name}"`).all());
}
async function processOf(name: string): Promise<number> {
  const text = readFileSync(join(await volumeOf(name), 'serve.pid'), 'utf8');
  return (JSON.parse(text) as { pid: number }).pid;
}
async function ready(name: string, what: string): Promise<string> {
  const started = performance.now();
  const { id } = await api.trpc.stores.create.mutate({ name });
  await stores.phase(name, 'Ready', PATIENCE_MS);
  process.stderr.write(`${what} was Ready after ${((performance.now() - started) / 1000).toFixed(0)} s.\n`);
  return id;
}

test.skipIf(MISSING)(
  'becomes Ready, takes an order that wp-admin lists; the order survives kill -9 and a restart',
  async () => {
    const id = await ready('alpha', 'The first embedded store');
    for (const path of ['/wp-content/database/store.sqlite', '/wp-config.php', '/.htaccess', '/wp-content/.setup-x'])
      expect((await open(path)).status, path).toBe(403);
    const order = await placeOrder(open);
    expect(order.status).toBe('processing');
    const login = await api.trpc.stores.credentials.mutate({ id });
    expect(await ordersInAdmin(open, login)).toContain(`#${order.id}`);
    const { mails } = await api.trpc.stores.mails.query({ id });
    expect(mails.map(({ subject }) => subject).join('\n')).toMatch(/order/i);

    const before = serving();
    expect(before.filter(isRunning)).toHaveLength(1);
    await stop('kill');
    await expect.poll(() => before.filter(isRunning), { timeout: 10_000 }).toEqual([]);
    await start();
    await stores.phase('alpha', 'Ready', PATIENCE_MS);
    await expect.poll(async () => (await open('/')).status, { timeout: PATIENCE_MS }).toBe(200);
    expect(await readOrder(open, order)).toMatchObject({ id: order.id, status: 'processing' });
  },
  2 * PATIENCE_MS,
);

test.skipIf(MISSING)(
  'the next store starts as a copy of the first as installed, with its own login and address',
  async () => {
    const id = await ready('beta', 'The next one');
    const first = [...stores.stores.values()].find(({ name }) => name === 'alpha');
    const theirs = await api.trpc.stores.credentials.mutate({ id: first?.id ?? '' });
    const own = await api.trpc.stores.credentials.mutate({ id });
    expect(own.password).not.toBe(theirs.password);
    const [originals, copies] = await Promise.all([databaseOf('alpha'), databaseOf('beta')]);
    using original = originals;
    using copy = copies;
    expect(own.username).toMatch(/^admin-[a-z0-9]{4}$/);
    expect(JSON.stringify(rowsOf(copy))).toContain(own.username);
    expect(JSON.stringify(rowsOf(copy))).not.toContain(theirs.username);
    // The template that both come from has neither passwords nor anything of the first one.
    const [kept = ''] = readdirSync(join(dataDir, 'templates'));
    const template = readFileSync(join(dataDir, 'templates', kept, 'database/store.sqlite'), 'latin1');
    expect(template).toContain('woocommerce_version');
    expect(template).not.toMatch(/\$wp\$|\$2y\$|\$P\$|session_tokens|_application_passwords/);
    const option = original.prepare('SELECT option_value FROM wp_options WHERE option_name = ?').pluck();
    const email = String(option.get('admin_email'));
    expect(email).toContain('@');
    // Short texts could occur anywhere by chance, so check the name and address, which a copy could inherit.
    for (const text of [email, 'alpha.localhost', `:${new URL(server.url).port}`]) expect(template).not.toContain(text);
    const beta = openAt('beta');
    expect((await ordersInAdmin(beta, own)).includes('Test Customer'), 'the other one has the orders').toBe(false);
    await expect(ordersInAdmin(beta, { ...own, password: theirs.password })).rejects.toThrow('wp-admin answers');
    expect((await beta('/shop/')).body).not.toContain('alpha.localhost');
    // Its PHP precompiled only code, nothing from a volume.
    const list = readdirSync(join(cache, 'shopyard/unpacked')).find((name) => name.startsWith('scripts-')) ?? '';
    const scripts = JSON.parse(readFileSync(join(cache, 'shopyard/unpacked', list), 'utf8')) as string[];
    expect(scripts.length).toBeGreaterThan(1000);
    expect(
      scripts.filter((script) => /wp-content\/(?!plugins\/woocommerce\/)|www\/(database|mail)\//.test(script)),
    ).toEqual([]);
  },
  PATIENCE_MS,
);

test.skipIf(MISSING)(
  'every acknowledged order survives a kill of its store',
  async () => {
    const placed: Awaited<ReturnType<typeof placeOrder>>[] = [];
    const shopping = (async () => {
      for (;;) placed.push(await placeOrder(open));
    })().catch(() => undefined);
    await expect.poll(() => placed.length, { timeout: PATIENCE_MS }).toBeGreaterThan(1);
    for (const pid of serving()) process.kill(pid, 'SIGKILL');
    await shopping;
    await stores.phase('alpha', 'Ready', PATIENCE_MS);
    await expect.poll(async () => (await open('/')).status, { timeout: PATIENCE_MS }).toBe(200);
    for (const order of placed) expect(await readOrder(open, order)).toMatchObject({ id: order.id });
    process.stderr.write(`Orders acknowledged before the kill, and found after it: ${placed.length}.\n`);
  },
  2 * PATIENCE_MS,
);

test.skipIf(MISSING)(
  'orders survive a larger size and a suspension; it is open again within a minute, and sells',
  async () => {
    const { id = '' } = [...stores.stores.values()].find(({ name }) => name === 'alpha') ?? {};
    const login = await api.trpc.stores.credentials.mutate({ id });
    const placed = [await placeOrder(open)];
    const change = (values: StoreValues) => async (): Promise<void> => {
      const { generation } = await api.trpc.stores.update.mutate({ id, values });
      const isDone = (store: Store): boolean =>
        store.id === id && store.phase === 'Ready' && store.observedGeneration === generation;
      await stores.until('the size', (all) => all.some(isDone), AGAIN_MS);
    };
    const sleepAndWake = async (): Promise<void> => {
      await api.trpc.stores.suspend.mutate({ id });
      await stores.phase('alpha', 'Suspended', PATIENCE_MS);
      await api.trpc.stores.resume.mutate({ id });
      await stores.phase('alpha', 'Ready', AGAIN_MS);
    };
    for (const act of [change({ size: 'medium' }), sleepAndWake]) {
      await act();
      expect((await open('/')).status).toBe(200);
      const listed = await ordersInAdmin(open, login);
      for (const order of placed) expect(listed).toContain(`#${order.id}`);
      placed.push(await placeOrder(open));
    }
  },
  3 * PATIENCE_MS,
);

test.skipIf(MISSING)(
  'idle stores sleep and wake at the next request',
  async () => {
    await stop('stop');
    await start({ SHOPYARD_STORE_IDLE_SECONDS: '2' });
    await stores.phase('alpha', 'Ready', PATIENCE_MS);
    await stores.phase('beta', 'Ready', PATIENCE_MS);
    await expect.poll(async () => (await open('/')).status, { timeout: 60_000 }).toBe(200);
    await expect.poll(() => serving().filter(isRunning), { timeout: 60_000 }).toEqual([]);
    expect([...stores.stores.values()].map(({ phase }) => phase)).toEqual(['Ready', 'Ready']);
    const waking = await open('/', { headers: { Accept: 'text/html' } });
    expect(waking).toMatchObject({ status: 503, body: expect.stringContaining('waking up') as string });
    await expect
      .poll(async () => (await open('/', { headers: { Accept: 'text/html' } })).status, { timeout: 60_000 })
      .toBe(200);
  },
  2 * PATIENCE_MS,
);

test.skipIf(MISSING)(
  'six simultaneous stores come up one after another, each with its own process and volume',
  async () => {
    await stop('stop');
    await start();
    const names = [1, 2, 3, 4].map((index) => `many-${index}`);
    await Promise.all(names.map((name) => api.trpc.stores.create.mutate({ name })));
    await stores.allReady(6, 2 * PATIENCE_MS);
    // This wakes the two that slept through the restart.
    for (const name of ['alpha', 'beta', ...names]) expect((await openAt(name)('/')).body).toContain(`<title>${name}`);
    await expect.poll(() => serving().filter(isRunning).length, { timeout: 60_000 }).toBe(6);
  },
  3 * PATIENCE_MS,
);

test.skipIf(MISSING)(
  'operations on a pod or volume apply to its process and files',
  async () => {
    await open('/shop/');
    const [pod = ''] = await podsOf('alpha');
    const log = await (await cluster('GET', `/api/v1/namespaces/store-alpha/pods/${pod}/log`)).text();
    expect(log).toMatch(/127\.0\.0\.1 - - \[.+\] "GET \/shop\/ HTTP\/1\.1" 200 \d+/);

    let serves = await processOf('alpha');
    const replaced = async (): Promise<void> => {
      const before = serves;
      await expect.poll(() => isRunning(before), { timeout: 30_000 }).toBe(false);
      await expect.poll(async () => (await open('/')).status, { timeout: PATIENCE_MS }).toBe(200);
      serves = await processOf('alpha');
      expect(serves).not.toBe(before);
    };
    await cluster('PATCH', '/apis/apps/v1/namespaces/store-alpha/deployments/wordpress/scale', {
      spec: { replicas: 0 },
    });
    await replaced();
    await cluster('DELETE', `/api/v1/namespaces/store-alpha/pods/${(await podsOf('alpha'))[0]}`);
    await replaced();

    const folder = await volumeOf('many-4');
    await cluster('DELETE', '/api/v1/namespaces/store-many-4/persistentvolumeclaims/wordpress-content');
    for (const name of await podsOf('many-4')) await cluster('DELETE', `/api/v1/namespaces/store-many-4/pods/${name}`);
    await expect.poll(() => existsSync(folder), { timeout: 60_000 }).toBe(false);
    await stores.until(
      'lost',
      (all) => all.some((one) => one.name === 'many-4' && one.reason === 'VolumeLost'),
      30_000,
    );
  },
  2 * PATIENCE_MS,
);

test.skipIf(MISSING)(
  'deletion leaves nothing on the disk',
  async () => {
    const ids = [...stores.stores.keys()];
    await Promise.all(ids.map((id) => api.trpc.stores.remove.mutate({ id })));
    await stores.until('all gone', (all) => all.length === 0, PATIENCE_MS);
    await expect.poll(volumes, { timeout: 30_000 }).toEqual([]);
  },
  PATIENCE_MS,
);
