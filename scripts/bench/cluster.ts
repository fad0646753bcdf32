/** Stores without pods on a real cluster: Shopyard compared with helm alone, with the same chart and values. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SERVER } from '@shopyard/testkit';
import { connect } from '@shopyard/sdk';
import { type Benchmark, type Finding, print } from './lib/report.ts';
import { startServer } from './lib/server.ts';
import { quantile } from './lib/stats.ts';

const CHART = fileURLToPath(new URL('../../charts/woocommerce', import.meta.url));
const HELM = process.env['SHOPYARD_HELM'] ?? 'helm';
const KUBECONFIG = process.env['BENCH_KUBECONFIG'] ?? '';
const AT_ONCE = 20;
const TURNS = 5;
const run = promisify(execFile);

export const cluster: Benchmark = {
  name: 'cluster',
  about: `time until released on the cluster of BENCH_KUBECONFIG, under a quota of no pods: one store, ${TURNS} times, and ${AT_ONCE} at once; compared with helm alone, and with xargs -P${AT_ONCE}`,
  async run() {
    if (KUBECONFIG === '') {
      print('\ncluster: skipped, because BENCH_KUBECONFIG names no cluster.');
      return [];
    }
    const dir = mkdtempSync(join(tmpdir(), 'shopyard-bench-'));
    try {
      const values = join(dir, 'values.json');
      writeFileSync(values, JSON.stringify({ quota: { hard: { pods: '0' } } }));
      return await compare(values);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

async function compare(values: string): Promise<Finding[]> {
  const env = { SHOPYARD_CLUSTER: 'kubeconfig', KUBECONFIG, SHOPYARD_STORE_VALUES: values };
  await using server = await startServer(SERVER, env);
  await using api = connect(server.url);
  const ours = (names: string[]): Promise<number> => byShopyard(api, names);
  const bare = (names: string[]): Promise<number> => byHelm(names, values);
  // Alternates, so that other load on the machine affects both.
  const [one, bareOne, many, bareMany]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let turn = 0; turn < TURNS; turn++) {
    one.push(await ours([`one-${turn}`]));
    bareOne.push(await bare([`one-${turn}`]));
  }
  const names = Array.from({ length: AT_ONCE }, (_, index) => `many-${index}`);
  many.push(await ours(names));
  bareMany.push(await bare(names));
  const row = (what: string, took: number[]): Finding => ({ what, value: quantile(took, 0.5), unit: 's' });
  const ratio = (took: number[], baseline: number[]): number => quantile(took, 0.5) / quantile(baseline, 0.5);
  return [
    row('one store: Shopyard, p50', one),
    row('one store: helm alone, p50', bareOne),
    { what: 'one store: Shopyard / helm alone', value: ratio(one, bareOne), unit: '×', goal: { most: 1.1 } },
    row(`${AT_ONCE} at once: Shopyard`, many),
    row(`${AT_ONCE} at once: xargs -P${AT_ONCE} helm`, bareMany),
    { what: `${AT_ONCE} at once: Shopyard / xargs`, value: ratio(many, bareMany), unit: '×', goal: { most: 0.9 } },
  ];
}

/** Seconds until all are released. Resolves once they are deleted again. */
async function byShopyard({ trpc }: ReturnType<typeof connect>, names: string[]): Promise<number> {
  const stores = async (): Promise<{ id: string; name: string; released: boolean }[]> =>
    (await trpc.stores.list.query()).stores
      .filter(({ name }) => names.includes(name))
      .map(({ id, name, conditions }) => ({
        id,
        name,
        released: conditions.some(({ type, status }) => type === 'ReleaseDeployed' && status === 'True'),
      }));
  const started = performance.now();
  await Promise.all(names.map((name) => trpc.stores.create.mutate({ name })));
  while (!(await stores()).every(({ released }) => released)) await sleep(20);
  const seconds = (performance.now() - started) / 1000;
  await Promise.all((await stores()).map(({ id }) => trpc.stores.remove.mutate({ id })));
  while ((await stores()).length > 0) await sleep(500);
  return seconds;
}

/** Installs into existing namespaces that already hold the Secret of the chart. */
async function byHelm(names: string[], values: string): Promise<number> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: join(values, '..'), KUBECONFIG };
  const kubectl = (...args: string[]): Promise<unknown> => run('kubectl', args, { env });
  for (const name of names) {
    await kubectl('create', 'namespace', `bare-${name}`);
    await kubectl('create', 'secret', 'generic', 'store-credentials', '-n', `bare-${name}`, '--from-literal=any=x');
  }
  const started = performance.now();
  const args = [
    `-P${names.length}`, '-I{}', HELM, 'upgrade', '--install', '{}', CHART, '--namespace', 'bare-{}',
    '--values', values, '--set', 'store.id={}', '--hide-notes',
  ]; // prettier-ignore
  const xargs = spawn('xargs', args, { env, stdio: ['pipe', 'ignore', 'inherit'] });
  xargs.stdin.end(names.map((name) => `${name}\n`).join(''));
  // `close` passes the exit code.
  const [code] = (await once(xargs, 'close')) as [number];
  const seconds = (performance.now() - started) / 1000;
  await kubectl('delete', 'namespace', ...names.map((name) => `bare-${name}`));
  if (code !== 0) throw new Error(`xargs ended with ${code}`);
  return seconds;
}
