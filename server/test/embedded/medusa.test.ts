/** Medusa stores on the embedded cluster, with PostgreSQL: they take orders, survive kills, are deleted. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { MEDUSA_ENV, MEDUSA_MISSING, PATIENCE_MS } from '@shopyard/testkit/real-stores';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderByApi, orderByForms, seenInAdmin } from '../support/medusa-shopper.ts';
import { openStore, type StorePage, type StoreVisit } from '../support/open-store.ts';
import { isRunning } from '../support/processes.ts';

const IS_MISSING = MEDUSA_MISSING !== undefined;
if (IS_MISSING) process.stderr.write(`Medusa stores are not tested for real: ${MEDUSA_MISSING} is not there.\n`);

const dir = temporaryDir();
const dataDir = join(dir.path, 'data');
let server: ServerProcess;
let api: Api;
let stores: StoreRecorder;
/** Of the store that all tests here share. */
let id: string;

async function start(): Promise<void> {
  server = await startServerProcess({ dataDir, env: MEDUSA_ENV });
  api = connect(server.url);
  stores = new StoreRecorder(api);
}

async function stop(how: 'stop' | 'kill'): Promise<void> {
  stores[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
  await server[how]();
}

const open = (path: string, visit?: StoreVisit): Promise<StorePage> => openStore(server.url, 'mugs', path, visit);
const databasePid = (): number =>
  Number(readFileSync(join(dataDir, 'databases/postgres/store/postmaster.pid'), 'utf8').split('\n')[0]);

beforeAll(async () => {
  if (!IS_MISSING) await start();
});
afterAll(async () => {
  if (!IS_MISSING) await stop('stop');
  dir[Symbol.dispose]();
});

test.skipIf(IS_MISSING)(
  'sells over the Store API and by its forms, and the stock goes down',
  async () => {
    ({ id } = await api.trpc.stores.create.mutate({
      name: 'mugs',
      engine: 'medusa',
      values: { store: { title: 'Ada & Co' } },
    }));
    await stores.phase('mugs', 'Ready', PATIENCE_MS);
    const login = await api.trpc.stores.credentials.mutate({ id });
    const before = await seenInAdmin(open, login);
    expect(before.orders).toEqual([]);
    const first = await orderByApi(open);
    const second = await orderByForms(open);
    expect(await seenInAdmin(open, login)).toEqual({ orders: [second, first], stock: before.stock - 2 });
    expect((await open('/')).body).toContain('Ada &#38; Co');
  },
  240_000,
);

test.skipIf(IS_MISSING)('signs the administrator in by a link, once', async () => {
  const { url } = await api.trpc.stores.loginLink.mutate({ id });
  const { pathname, search } = new URL(url);
  const [one, other] = await Promise.all([open(pathname + search), open(pathname + search)]);
  expect(new Set([one.status, other.status])).toEqual(new Set([303, 403]));
});

test.skipIf(IS_MISSING)(
  'finds its database again, and keeps its orders, after everything was killed',
  async () => {
    const login = await api.trpc.stores.credentials.mutate({ id });
    const before = await seenInAdmin(open, login);
    const killed = databasePid();
    process.kill(killed, 'SIGKILL');
    // Connections that are open outlive it for a moment, and the shop with them.
    await expect.poll(databasePid, { timeout: 60_000 }).not.toBe(killed);
    await expect.poll(async () => (await open('/ready')).status, { timeout: 60_000 }).toBe(200);
    const running = databasePid();
    await stop('kill');
    await expect.poll(() => isRunning(running), { timeout: 30_000 }).toBe(false);
    await start();
    await stores.phase('mugs', 'Ready', PATIENCE_MS);
    expect(await seenInAdmin(open, login)).toEqual(before);
  },
  240_000,
);

test.skipIf(IS_MISSING)('is deleted with its pictures and its database', async () => {
  await api.trpc.stores.remove.mutate({ id });
  await stores.gone('mugs');
  await expect.poll(() => readdirSync(join(dataDir, 'volumes'))).toEqual([]);
  const setups = (): string[] => readdirSync(join(dataDir, 'databases')).filter((name) => name.endsWith('.setup'));
  await expect.poll(setups).toEqual([]);
});
