/** The embedded cluster with real stores: WordPress and WooCommerce in Node, sold from, killed, and gone. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, connect } from '../support/api.ts';
import { openStore } from '../support/open-store.ts';
import { type ServerProcess, startServerProcess, temporaryDir } from '../support/server-process.ts';
import { type Open, ordersInAdmin, placeOrder, readOrder } from '../support/shopper.ts';
import { StoreRecorder } from '../support/store-recorder.ts';

const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'shopyard');
const ZIPS = ['wordpress-7.1.zip', 'woocommerce-11.0.1.zip'].map((name) => join(CACHE, name));
const MISSING = ZIPS.find((zip) => !existsSync(zip));
if (MISSING) process.stderr.write(`Embedded stores are not tested for real: ${MISSING} is not there.\n`);
const PATIENCE_MS = 180_000;

const dir = temporaryDir();
const dataDir = join(dir.path, 'data');
let server: ServerProcess;
let api: Api;
let stores: StoreRecorder;

async function start(): Promise<void> {
  const env = { SHOPYARD_EMBEDDED_STORES: 'wordpress', SHOPYARD_SIMULATOR_SPEED: '0.2' };
  server = await startServerProcess({ dataDir, env });
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

const open: Open = (path, visit) => openStore(server.url, 'alpha', path, visit);

test.skipIf(MISSING)(
  'ready as on a real cluster, sold from, found in wp-admin; the order outlives kill -9 and a restart',
  async () => {
    const started = performance.now();
    const { id } = await api.trpc.stores.create.mutate({ name: 'alpha' });
    await stores.phase('alpha', 'Ready', PATIENCE_MS);
    process.stderr.write(`An embedded store was Ready after ${((performance.now() - started) / 1000).toFixed(0)} s.\n`);
    for (const path of ['/wp-content/database/store.sqlite', '/wp-config.php', '/.htaccess', '/wp-content/db.php.bak'])
      expect((await open(path)).status, path).toBe(403);
    const order = await placeOrder(open);
    expect(order.status).toBe('processing');
    const login = await api.trpc.stores.credentials.mutate({ id });
    expect(await ordersInAdmin(open, login)).toContain(`#${order.id}`);

    await stop('kill');
    await start();
    await stores.phase('alpha', 'Ready', PATIENCE_MS);
    await expect.poll(async () => (await open('/')).status, { timeout: PATIENCE_MS }).toBe(200);
    expect(await readOrder(open, order)).toMatchObject({ id: order.id, status: 'processing' });

    await api.trpc.stores.remove.mutate({ id });
    await stores.gone('alpha', PATIENCE_MS);
    await expect.poll(() => readdirSync(join(dataDir, 'volumes')), { timeout: 30_000 }).toEqual([]);
  },
  2 * PATIENCE_MS,
);
