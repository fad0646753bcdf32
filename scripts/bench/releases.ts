/** Many stores at once, compared with helm alone: same chart, same parallelism, same kind of cluster. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { clusterUrl, SERVER } from '@shopyard/testkit';
import { connect } from '@shopyard/sdk';
import type { Benchmark, Finding } from './lib/report.ts';
import { type BenchServer, startServer } from './lib/server.ts';
import { cpuOfChildren, usageOf } from './lib/usage.ts';

const COUNTS = (process.env['BENCH_RELEASES'] ?? '20').split(',').map(Number);
const PARALLEL = 4;
const CHART = fileURLToPath(new URL('../../charts/woocommerce', import.meta.url));
const HELM = process.env['SHOPYARD_HELM'] ?? 'helm';
const run = promisify(execFile);

export const releases: Benchmark = {
  name: 'releases',
  about: `stores created at once on the embedded cluster without delays (BENCH_RELEASES=20,100,500,1000), ${PARALLEL} helm processes at a time; compared with xargs -P${PARALLEL} of helm alone`,
  async run() {
    const findings: Finding[] = [];
    for (const count of COUNTS) findings.push(...(await compare(count)));
    return findings;
  },
};

async function compare(count: number): Promise<Finding[]> {
  const ours = await byShopyard(count);
  const bare = await byHelm(count);
  const name = `${count} stores`;
  return [
    {
      what: `${name}: Shopyard, until Ready`,
      value: ours.seconds,
      unit: 's',
      ...(count === 1000 ? { goal: { most: 120 } } : {}),
    },
    { what: `${name}: helm alone, until installed`, value: bare.seconds, unit: 's' },
    { what: `${name}: Shopyard / helm alone`, value: ours.seconds / bare.seconds, unit: '×' },
    {
      what: `${name}: helm's processor time / cores, the least possible`,
      value: bare.cpuS / availableParallelism(),
      unit: 's',
    },
    { what: `${name}: stores a second`, value: count / ours.seconds, unit: '/s' },
    { what: `${name}: server's memory, most`, value: ours.rssMiB, unit: 'MiB', goal: { most: 250 } },
    { what: `${name}: server's processor time`, value: ours.cpuS, unit: 's' },
    { what: `${name}: failed`, value: ours.failed, unit: '', goal: { most: 0 } },
  ];
}

async function byShopyard(count: number): Promise<{ seconds: number; rssMiB: number; cpuS: number; failed: number }> {
  await using server = await startServer(SERVER, { SHOPYARD_MAX_PARALLEL: String(PARALLEL) });
  await using api = connect(server.url);
  const before = usageOf(server.pid);
  let rssMiB = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: count }, (_, index) => api.trpc.stores.create.mutate({ name: `bench-${index}` })),
  );
  for (;;) {
    rssMiB = Math.max(rssMiB, usageOf(server.pid).rssMiB);
    const { stores } = await api.trpc.stores.list.query();
    const failed = stores.filter(({ phase }) => phase === 'Failed').length;
    if (stores.filter(({ phase }) => phase === 'Ready').length + failed >= count) {
      const cpuS = usageOf(server.pid).cpuS - before.cpuS;
      return { seconds: (performance.now() - started) / 1000, rssMiB, cpuS, failed };
    }
    // Each check costs a list of all stores.
    await sleep(Math.max(100, count * 2));
  }
}

/** Uses its own cluster, whose server is idle. */
async function byHelm(count: number): Promise<{ seconds: number; cpuS: number }> {
  await using server: BenchServer = await startServer(SERVER);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: server.dataDir,
    KUBECONFIG: join(server.dataDir, 'simulator.kubeconfig'),
    // Matches Shopyard's setting.
    HELM_DRIVER: 'configmap',
  };
  await run(HELM, ['version'], { env });
  const names = Array.from({ length: count }, (_, index) => `bench-${index}`);
  for (const name of names) await prepare(clusterUrl(server.dataDir), name);
  const cpuBefore = cpuOfChildren();
  const started = performance.now();
  const args = [
    `-P${PARALLEL}`, '-I{}', HELM, 'upgrade', '--install', '{}', CHART, '--namespace', 'bare-{}',
    '--set', 'store.id={}', '--hide-notes',
  ]; // prettier-ignore
  const xargs = spawn('xargs', args, { env, stdio: ['pipe', 'ignore', 'inherit'] });
  xargs.stdin.end(names.map((name) => `${name}\n`).join(''));
  // `close` passes the exit code.
  const [code] = (await once(xargs, 'close')) as [number];
  if (code !== 0) throw new Error(`xargs ended with ${code}`);
  return { seconds: (performance.now() - started) / 1000, cpuS: cpuOfChildren() - cpuBefore };
}

/** Creates the objects that Shopyard creates before helm runs, without which pods can't start. */
async function prepare(cluster: string, name: string): Promise<void> {
  const post = async (path: string, body: object): Promise<void> => {
    const { ok, status } = await fetch(cluster + path, { method: 'POST', body: JSON.stringify(body) });
    if (!ok) throw new Error(`the embedded cluster answers ${status} to ${path}`);
  };
  await post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: `bare-${name}` } });
  const salts = ['auth', 'secure-auth', 'logged-in', 'nonce'].flatMap((kind) => [`${kind}-key`, `${kind}-salt`]);
  const logins = ['username', 'password', 'email'].map((key) => `wordpress-${key}`);
  const keys = ['mariadb-root-password', 'mariadb-password', ...logins, ...salts];
  await post(`/api/v1/namespaces/bare-${name}/secrets`, {
    metadata: { name: 'store-credentials' },
    stringData: Object.fromEntries(keys.map((key) => [key, 'x'])),
  });
}
