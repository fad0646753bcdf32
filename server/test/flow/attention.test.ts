/** Stores that fail in every simulated way among many healthy ones; the cluster's own readiness is the reference. */
import { fileURLToPath } from 'node:url';
import type { Store } from '@shopyard/contracts';
import { needsAttention } from '@shopyard/contracts';
import { type Api, clusterUrl, connect, type ServerProcess, startServerProcess, temporaryDir } from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const PACED = fileURLToPath(new URL('../support/paced-main.ts', import.meta.url));
const STORES = 200;
type Level = Store['attention']['level'];

/** Simulated failures of WordPress, by level. */
const SIMULATED: Partial<Record<Level, readonly string[]>> = {
  broken: ['image-not-found', 'image-unauthorized', 'image-forbidden', 'no-command', 'crash', 'oom', 'not-live'],
  stuck: [
    'image-rate-limit',
    'registry-broken',
    'registry-refuses',
    'registry-unknown',
    'not-ready',
    'not-started',
    'unschedulable',
  ],
};
const CASES: readonly { name: string; level: string; values: object }[] = [
  ...Object.entries(SIMULATED).flatMap(([level, modes]) =>
    modes.map((name) => ({ name, level, values: { wordpress: { image: { tag: `simulate-${name}` } } } })),
  ),
  { name: 'no-such-tag', level: 'broken', values: { mariadb: { image: { tag: 'no-such-tag' } } } },
  { name: 'database-crash', level: 'broken', values: { mariadb: { image: { tag: 'simulate-crash' } } } },
  { name: 'database-oom', level: 'broken', values: { mariadb: { image: { tag: 'simulate-oom' } } } },
  { name: 'database-mirror', level: 'broken', values: { mariadb: { image: { tag: 'simulate-image-unauthorized' } } } },
  { name: 'no-class', level: 'stuck', values: { mariadb: { storage: { className: 'none' } } } },
  {
    name: 'no-room',
    level: 'stuck',
    values: { wordpress: { resources: { requests: { cpu: '99999' }, limits: { cpu: '99999' } } } },
  },
];

const dir = temporaryDir();
let server: ServerProcess;
let api: Api;

beforeAll(async () => {
  server = await start();
  api = connect(server.url);
});

afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await server.stop();
  dir[Symbol.dispose]();
});

/** The server's clock runs ten times as fast, also across a restart. */
const since = String(Date.now());
const start = (): Promise<ServerProcess> =>
  startServerProcess({
    dataDir: dir.path,
    main: PACED,
    env: { PACED_SINCE: since },
  });

/** Those of the stores, by name, of which the cluster doesn't show both workloads ready. */
async function notReady(names: readonly string[]): Promise<string[]> {
  const cluster = clusterUrl(dir.path);
  const lists = await Promise.all(
    ['deployments', 'statefulsets'].map(async (plural) => (await fetch(`${cluster}/apis/apps/v1/${plural}`)).json()),
  );
  type Workload = { metadata: { namespace: string }; spec: { replicas: number }; status?: { readyReplicas?: number } };
  const ready = lists.map((list) =>
    (list as { items: Workload[] }).items
      .filter(({ spec, status }) => (status?.readyReplicas ?? 0) >= spec.replicas)
      .map(({ metadata }) => metadata.namespace.replace(/^store-/, '')),
  );
  return names.filter((name) => !ready.every((namespaces) => namespaces.includes(name))).toSorted();
}

test('reports exactly the stores that the cluster shows as not ready past their budget', async () => {
  const wanted = [
    ...CASES.map(({ name, values }) => ({ name, values })),
    ...Array.from({ length: STORES - CASES.length }, (_, index) => ({ name: `fine-${index}`, values: {} })),
  ];
  const names = wanted.map(({ name }) => name);
  await Promise.all(wanted.map((store) => api.trpc.stores.create.mutate(store)));
  const list = async (): Promise<Store[]> => (await api.trpc.stores.list.query()).stores;
  const levels = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await list()).filter(needsAttention).map(({ name, attention }) => [name, attention.level]));
  // Until then, healthy stores may still be starting.
  await expect
    .poll(() => notReady(names), { timeout: 400_000, interval: 500 })
    .toEqual(CASES.map(({ name }) => name).toSorted());
  await expect
    .poll(levels, { timeout: 240_000, interval: 500 })
    .toEqual(Object.fromEntries(CASES.map(({ name, level }) => [name, level])));
  const stores = await list();
  const failing = stores.filter(needsAttention).map(({ name }) => name);
  expect(failing.toSorted()).toEqual(await notReady(names));
  for (const { name, attention } of stores.filter(needsAttention)) expect(attention.reason, name).toBeDefined();

  const began = new Map(stores.map(({ name, attention }) => [name, attention.since]));
  await server.kill();
  server = await start();
  await expect
    .poll(levels, { timeout: 60_000, interval: 500 })
    .toEqual(Object.fromEntries(CASES.map(({ name, level }) => [name, level])));
  for (const { name, attention } of (await list()).filter(needsAttention))
    expect(attention.since, name).toBe(began.get(name));
}, 700_000);
