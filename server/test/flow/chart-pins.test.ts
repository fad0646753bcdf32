/** A store stays with its chart, whatever chart a later Shopyard brings, until somebody asks for the other one. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemaAt, type Store } from '@shopyard/contracts';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Tools, toolsFor } from '../support/tools.ts';
import { withMoreMemory, writeChart } from '../support/write-chart.ts';

const MAIN = fileURLToPath(new URL('../support/other-chart-main.ts', import.meta.url));
const NAMESPACE = 'store-alpha';

// Each test restarts the server or waits for helm several times.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const dir = temporaryDir();
const dataDir = join(dir.path, 'data');
let server: ServerProcess;
let api: Api;
let stores: StoreRecorder;
let tools: Tools;
let id: string;

async function start(chart: string): Promise<void> {
  server = await startServerProcess({ dataDir, main: MAIN, env: { OTHER_CHART: chart } });
  api = connect(server.url);
  stores = new StoreRecorder(api);
}

async function stop(): Promise<void> {
  stores[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
  await server.stop();
}

const settled = (generation: number): Promise<unknown> =>
  stores.until(`generation ${generation} Ready`, (all) =>
    all.some((store) => store.id === id && store.phase === 'Ready' && store.observedGeneration === generation),
  );
const chartOf = async (): Promise<Store['chart']> => (await api.trpc.stores.get.query({ id })).chart;
/** Without the parts that each revision renames. */
const manifest = async (): Promise<string> =>
  (await tools.helm('get', 'manifest', 'alpha', '-n', NAMESPACE)).replaceAll(/setup-\d+/g, 'setup-N');
/** The default of a chart; by default of the one for new stores. */
const memoryOf = async (version?: string): Promise<unknown> => {
  const { schema } = await api.trpc.platform.chart.query({ engine: 'woocommerce', version });
  return schemaAt(schema, ['wordpress', 'php', 'memoryLimit'])?.default;
};
/** Charts that the objects in the cluster name. */
async function chartsInUse(): Promise<string[]> {
  const path = 'jsonpath={range .items[*]}{.metadata.labels.helm\\.sh/chart}{"\\n"}{end}';
  const found = await tools.kubectl('get', 'deployments,statefulsets,services', '-n', NAMESPACE, '-o', path);
  return [...new Set(found.trim().split('\n'))];
}

let older: string;
let newer: string;

beforeAll(async () => {
  older = writeChart(dir.path, '0.1.0');
  newer = writeChart(dir.path, '0.2.0', withMoreMemory);
  await start(older);
  tools = toolsFor(join(dataDir, 'simulator.kubeconfig'), dir.path);
  ({ id } = await api.trpc.stores.create.mutate({ name: 'alpha' }));
  await settled(1);
});
afterAll(async () => {
  await stop();
  dir[Symbol.dispose]();
});

test('a repair and other values change no chart after an upgrade of Shopyard, also when the database was lost', async () => {
  const before = await manifest();
  const pin = await chartOf();
  expect(pin).toEqual({ version: '0.1.0', digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  await stop();
  for (const file of readdirSync(dataDir).filter((name) => name.startsWith('shopyard.db'))) rmSync(join(dataDir, file));
  await start(newer);
  await settled(1);
  expect(await chartOf()).toEqual({ ...pin, update: '0.2.0' });
  // A form shows what the store's chart says.
  expect(await memoryOf('0.1.0')).toBe('256M');
  expect([await memoryOf('0.2.0'), await memoryOf()]).toEqual(['320M', '320M']);

  await tools.kubectl('delete', 'service', 'mariadb', '-n', NAMESPACE);
  await stores.phase('alpha', 'Degraded');
  await stores.phase('alpha', 'Ready');
  expect(await manifest()).toBe(before);
  // Now helm runs.
  await api.trpc.stores.update.mutate({ id, values: { store: { title: 'Tea' } } });
  await settled(2);
  expect(await manifest()).toMatch(/Tea/);
  expect(await manifest()).not.toMatch(/320M/);
  expect(await chartsInUse()).toEqual(['woocommerce-0.1.0']);
});

test('another chart is planned, applied and recorded like any change, and a rollback goes back to the one before', async () => {
  const before = await manifest();
  const plan = await api.trpc.stores.plan.query({ id, chart: '0.2.0' });
  expect(plan).toMatchObject({
    generation: 2,
    chart: { before: '0.1.0', after: '0.2.0' },
    values: [{ path: ['wordpress', 'php', 'memoryLimit'], before: '256M', after: '320M' }],
    impact: { restarts: ['WordPress'], database: 'no' },
  });
  expect(await manifest()).toBe(before);
  await api.trpc.stores.applyPlan.mutate({ planId: plan.planId, reason: 'more memory' });
  await settled(3);
  expect(await chartsInUse()).toEqual(['woocommerce-0.2.0']);
  expect(await chartOf()).toEqual({ version: '0.2.0', digest: expect.any(String) as string });
  const { revisions } = await api.trpc.stores.revisions.query({ id });
  expect(revisions.map(({ generation, chartVersion }) => [generation, chartVersion])).toEqual([
    [3, '0.2.0'],
    [2, '0.1.0'],
    [1, '0.1.0'],
  ]);
  const { timeline } = await api.trpc.stores.timeline.query({ id });
  expect(timeline.findLast(({ what }) => what === 'update')?.message).toBe('chart 0.1.0 → 0.2.0; reason: more memory');

  await api.trpc.stores.rollback.mutate({ id });
  await settled(4);
  expect(await manifest()).toBe(before);
  expect(await chartOf()).toMatchObject({ version: '0.1.0', update: '0.2.0' });
});

test('a chart that the server lacks stops nothing that runs; what needs it says so, and the present chart helps', async () => {
  await stop();
  rmSync(join(dataDir, 'charts'), { recursive: true });
  await start(newer);
  await settled(4);
  await expect(api.trpc.stores.plan.query({ id, values: { size: 'medium' } })).rejects.toThrow(
    'chart: the store is kept at chart 0.1.0, which this server does not have: choose 0.2.0',
  );
  await expect(memoryOf('0.1.0')).rejects.toThrow('there is no chart 0.1.0: choose 0.2.0');
  await expect(api.trpc.stores.plan.query({ id, chart: '9.9.9' })).rejects.toThrow('there is no chart 9.9.9');
  await tools.kubectl('delete', 'configmaps', '-n', NAMESPACE, '-l', 'owner=helm');
  await stores.phase('alpha', 'Failed');
  expect(await api.trpc.stores.get.query({ id })).toMatchObject({
    reason: 'ChartMissing',
    message: expect.stringMatching(/kept at chart 0\.1\.0 \([0-9a-f]{12}\).*What runs keeps running/) as string,
  });
  const level = async (): Promise<string> => (await api.trpc.stores.get.query({ id })).attention.level;
  await expect.poll(level, { timeout: 40_000 }).toBe('broken');
  expect(await chartsInUse()).toEqual(['woocommerce-0.1.0']);
  const { planId } = await api.trpc.stores.plan.query({ id, chart: '0.2.0' });
  await api.trpc.stores.applyPlan.mutate({ planId });
  await settled(5);
  expect(await chartsInUse()).toEqual(['woocommerce-0.2.0']);
});

test('a store from before there were pins stays with the chart of its release', async () => {
  await stop();
  for (const file of readdirSync(dataDir).filter((name) => name.startsWith('shopyard.db'))) rmSync(join(dataDir, file));
  // The embedded cluster runs with a server alone.
  await start(newer);
  await settled(5);
  await tools.kubectl('annotate', 'namespace', NAMESPACE, 'shopyard.dev/chart-');
  await stop();
  for (const file of readdirSync(dataDir).filter((name) => name.startsWith('shopyard.db'))) rmSync(join(dataDir, file));
  await start(writeChart(dir.path, '0.3.0'));
  await settled(5);
  await expect.poll(chartOf).toMatchObject({ version: '0.2.0', update: '0.3.0' });
  await api.trpc.stores.update.mutate({ id, values: { store: { title: 'Cups' } } });
  await settled(6);
  expect(await chartsInUse()).toEqual(['woocommerce-0.2.0']);
});
