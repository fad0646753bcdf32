/** Stores that fail in every way, among many that don't: those that need attention are those that the cluster shows as not ready. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '@shopyard/contracts';
import { needsAttention } from '@shopyard/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, connect } from '../support/api.ts';
import { type ServerProcess, startServerProcess, temporaryDir } from '../support/server-process.ts';

const HEALTHY = 20;
const LEVELS: [name: string, level: Store['attention']['level'], values: object][] = [
  ...[
    ['image-not-found', 'broken'],
    ['image-unauthorized', 'broken'],
    ['image-forbidden', 'broken'],
    ['image-rate-limit', 'stuck'],
    ['registry-broken', 'stuck'],
    ['registry-refuses', 'stuck'],
    ['registry-unknown', 'stuck'],
    ['no-command', 'broken'],
    ['crash', 'broken'],
    ['oom', 'broken'],
    ['not-ready', 'stuck'],
    ['not-live', 'broken'],
    ['not-started', 'broken'],
    ['unschedulable', 'stuck'],
  ].map(([mode = '', level]): [string, Store['attention']['level'], object] => [
    mode,
    level as Store['attention']['level'],
    { wordpress: { image: { tag: `simulate-${mode}` } } },
  ]),
  ['hang', 'stuck', { wordpress: { image: { tag: 'simulate-hang' } } }],
  ['no-such-tag', 'broken', { mariadb: { image: { tag: 'no-such-tag' } } }],
  ['database-crash', 'broken', { mariadb: { image: { tag: 'simulate-crash' } } }],
  ['no-class', 'stuck', { mariadb: { storage: { className: 'none' } } }],
  ['no-room', 'stuck', { wordpress: { resources: { requests: { cpu: '900' }, limits: { cpu: '900' } } } }],
];

const dir = temporaryDir();
let server: ServerProcess;
let api: Api;

beforeAll(async () => {
  server = await startServerProcess({
    dataDir: dir.path,
    env: { SHOPYARD_STEP_SECONDS: 'wordpress=20' },
  });
  api = connect(server.url);
});

afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await server.stop();
  dir[Symbol.dispose]();
});

/** Namespaces in which the cluster has a workload that is not ready. */
async function notReady(): Promise<string[]> {
  const config = readFileSync(join(dir.path, 'simulator.kubeconfig'), 'utf8');
  const cluster = /server: (\S+)/.exec(config)?.[1] ?? '';
  const lists = await Promise.all(
    ['deployments', 'statefulsets'].map(async (plural) => (await fetch(`${cluster}/apis/apps/v1/${plural}`)).json()),
  );
  type Workload = { metadata: { namespace: string }; spec: { replicas: number }; status?: { readyReplicas?: number } };
  const workloads = lists.flatMap((list) => (list as { items: Workload[] }).items);
  const unready = workloads.filter(({ spec, status }) => (status?.readyReplicas ?? 0) < spec.replicas);
  return [...new Set(unready.map(({ metadata }) => metadata.namespace.replace(/^store-/, '')))].toSorted();
}

test('what needs attention is what the cluster shows as not ready past its budget, and nothing else', async () => {
  const names = [
    ...LEVELS.map(([name, , values]) => ({ name, values })),
    ...Array.from({ length: HEALTHY }, (_, index) => ({ name: `fine-${index}`, values: {} })),
    { name: 'slow', values: { wordpress: { image: { tag: 'simulate-slow-start' } } } },
  ];
  for (const store of names) await api.trpc.stores.create.mutate(store);
  const list = async (): Promise<Store[]> => (await api.trpc.stores.list.query()).stores;
  const levels = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await list()).filter(needsAttention).map(({ name, attention }) => [name, attention.level]));
  await expect
    .poll(levels, { timeout: 150_000, interval: 500 })
    .toEqual(Object.fromEntries(LEVELS.map(([name, level]) => [name, level])));
  const stores = await list();
  const failing = stores.filter(needsAttention).map(({ name }) => name);
  expect(failing.toSorted()).toEqual((await notReady()).filter((name) => name !== 'slow'));
  for (const { name, attention } of stores.filter(needsAttention)) expect(attention.reason, name).toBeDefined();
  // It began before it was said.
  for (const { attention } of stores.filter(needsAttention))
    expect(Date.now() - Date.parse(attention.since)).toBeGreaterThan(9_000);

  const since = new Map(stores.map(({ name, attention }) => [name, attention.since]));
  await server.kill();
  server = await startServerProcess({ dataDir: dir.path, env: { SHOPYARD_STEP_SECONDS: 'wordpress=20' } });
  await expect
    .poll(levels, { timeout: 60_000, interval: 500 })
    .toEqual(Object.fromEntries(LEVELS.map(([name, level]) => [name, level])));
  for (const { name, attention } of (await list()).filter(needsAttention))
    expect(attention.since, name).toBe(since.get(name));
}, 300_000);
