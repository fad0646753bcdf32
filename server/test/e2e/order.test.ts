/** Selling: stores that are created at once are orderable; the order outlives its pods; deletion leaves nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, connect } from '../support/api.ts';
import { openStore } from '../support/open-store.ts';
import { type ServerProcess, startServerProcess, temporaryDir } from '../support/server-process.ts';
import { type Open, ordersInAdmin, placeOrder, readOrder } from '../support/shopper.ts';
import { StoreRecorder } from '../support/store-recorder.ts';
import {
  kubeconfigOf,
  openTestCluster,
  PATIENCE_MS,
  REAL,
  type TestCluster,
  uniqueName,
} from '../support/test-cluster.ts';
import { type Tools, toolsFor } from '../support/tools.ts';

const dir = temporaryDir();
const INGRESS_PORT = 80;
let cluster: TestCluster;
let server: ServerProcess;
let api: Api;
let stores: StoreRecorder;
let tools: Tools;

beforeAll(async () => {
  cluster = await openTestCluster(dir.path);
  server = await startServerProcess({ dataDir: dir.path, env: cluster.env });
  api = connect(server.url);
  stores = new StoreRecorder(api);
  await stores.until('a snapshot', () => true);
  tools = toolsFor(kubeconfigOf(dir.path), dir.path);
  if (cluster.noOrders) process.stderr.write(`No orders are placed in this run: ${cluster.noOrders}.\n`);
});

afterAll(async () => {
  stores[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
  await server.stop();
  await cluster[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

test('three stores at once: ready, sold from, restarted, and gone without a trace', async () => {
  const names = ['one', 'two', 'three'].map((name) => uniqueName(name));
  const created = await Promise.all(names.map((name) => api.trpc.stores.create.mutate({ name })));
  await Promise.all(names.map((name) => stores.phase(name, 'Ready', PATIENCE_MS)));

  const [store] = created;
  const name = store?.name ?? '';
  const open: Open = (path, visit) => openStore(server.url, name, path, visit);
  expect((await open('/')).status).toBe(200);
  if (REAL) expect((await open('/', { port: INGRESS_PORT })).status).toBe(200);

  if (!cluster.noOrders) {
    const order = await placeOrder(open);
    expect(order.status).toBe('processing');
    const login = await api.trpc.stores.credentials.mutate({ id: store?.id ?? '' });
    expect(await ordersInAdmin(open, login)).toContain(`#${order.id}`);

    await tools.kubectl('delete', 'pods', '--all', '--namespace', store?.namespace ?? '');
    await stores.phase(name, 'Ready', PATIENCE_MS);
    await expect.poll(async () => (await open('/')).status, { timeout: PATIENCE_MS }).toBe(200);
    expect(await readOrder(open, order)).toMatchObject({ id: order.id, status: 'processing' });
  }

  await Promise.all(created.map(({ id }) => api.trpc.stores.remove.mutate({ id })));
  await Promise.all(names.map((gone) => stores.gone(gone, PATIENCE_MS)));
  await expect.poll(leftovers, { timeout: PATIENCE_MS }).toEqual([]);

  async function leftovers(): Promise<string[]> {
    const all = await tools.kubectl('get', 'namespaces,persistentvolumes', '-o', 'json');
    const { items } = JSON.parse(all) as {
      items: { kind: string; metadata: { name: string }; spec: { claimRef?: { namespace: string } } }[];
    };
    const namespaces = new Set(created.map(({ namespace }) => namespace));
    return items
      .filter(({ metadata, spec }) => namespaces.has(metadata.name) || namespaces.has(spec.claimRef?.namespace ?? ''))
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  }
});
