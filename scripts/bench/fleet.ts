/** Many Ready stores at rest: the cost of the server, and its start. */
import { setTimeout as sleep } from 'node:timers/promises';
import { clusterUrl, SERVER, temporaryDir } from '@shopyard/testkit';
import type { Benchmark } from './lib/report.ts';
import { type BenchServer, startServer } from './lib/server.ts';
import { createStores, untilReady } from './lib/stores.ts';
import { usageOf } from './lib/usage.ts';

const STORES = Number(process.env['BENCH_FLEET'] ?? 20);
const QUIET_S = Number(process.env['BENCH_QUIET_SECONDS'] ?? 30);
/** Five minutes after a start, the server rechecks every store, which takes five more minutes. */
const RESYNC = process.env['BENCH_RESYNC'] === '1';
const RESYNC_AFTER_MS = 5 * 60_000 + 5000;
/** One for each kind of object, regardless of the number of stores. */
const WATCHES = 16;

export const fleet: Benchmark = {
  name: 'fleet',
  about: `${STORES} stores at rest for ${QUIET_S} s (BENCH_FLEET=1000), after a restart (BENCH_RESYNC=1: also five minutes later)`,
  async run() {
    using dir = temporaryDir();
    await createAll(dir.path);
    const { rest, resync, startMs } = await restart(dir.path);
    return [
      { what: 'processor at rest', value: rest.cpuPercent, unit: '%', goal: { most: 1 } },
      { what: 'requests to Kubernetes', value: rest.requestsAMinute, unit: '/min', goal: { most: 60 } },
      { what: 'watches', value: rest.watches, unit: '', goal: { most: WATCHES } },
      ...(resync ? [{ what: 'processor while all are looked at again', value: resync.cpuPercent, unit: '%' }] : []),
      { what: 'memory', value: rest.rssMiB, unit: 'MiB', goal: { most: 300 } },
      { what: 'start until synced', value: startMs / 1000, unit: 's', goal: { most: 5 } },
    ];
  },
};

async function createAll(dir: string): Promise<void> {
  await using server = await startServer(SERVER, {}, dir);
  await createStores(server, STORES);
  await untilReady(server, STORES);
}

interface Rest {
  cpuPercent: number;
  rssMiB: number;
  requestsAMinute: number;
  /** From the server to the embedded cluster. */
  watches: number;
}

async function restart(dir: string): Promise<{ rest: Rest; resync?: Rest; startMs: number }> {
  await using server = await startServer(SERVER, {}, dir);
  const begun = performance.now();
  while ((await fetch(`${server.url}/readyz`)).status !== 200) await sleep(20);
  const startMs = server.startMs + performance.now() - begun;
  await untilReady(server, STORES);
  await sleep(5000);
  const rest = await observe(server);
  if (!RESYNC) return { rest, startMs };
  await sleep(Math.max(0, begun + RESYNC_AFTER_MS - performance.now()));
  return { rest, resync: await observe(server), startMs };
}

async function observe(server: BenchServer): Promise<Rest> {
  const [before, asked] = [usageOf(server.pid), await sumOf(server, 'apiserver_request_total')];
  await sleep(QUIET_S * 1000);
  const after = usageOf(server.pid);
  return {
    cpuPercent: ((after.cpuS - before.cpuS) / QUIET_S) * 100,
    rssMiB: after.rssMiB,
    requestsAMinute: (((await sumOf(server, 'apiserver_request_total')) - asked) / QUIET_S) * 60,
    watches: await sumOf(server, 'apiserver_longrunning_requests'),
  };
}

/** Sum of a metric of the embedded cluster over all its labels. */
async function sumOf(server: BenchServer, metric: string): Promise<number> {
  const text = await (await fetch(`${clusterUrl(server.dataDir)}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(metric));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
