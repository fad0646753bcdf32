/** Many stores that are Ready, and nothing to do: what the server costs then, how it starts, how it comes back from a kill. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../src/lib/api.ts';
import type { Benchmark } from './lib/report.ts';
import { type BenchServer, SERVER, startServer } from './lib/server.ts';
import { usageOf } from './lib/usage.ts';

const STORES = Number(process.env['BENCH_FLEET'] ?? 20);
const QUIET_S = Number(process.env['BENCH_QUIET_SECONDS'] ?? 30);

export const fleet: Benchmark = {
  name: 'fleet',
  about: `${STORES} stores at rest for ${QUIET_S} s (BENCH_FLEET=1000), a restart, and a kill in the middle of as many creates`,
  async run() {
    const dir = mkdtempSync(join(tmpdir(), 'shopyard-bench-'));
    try {
      const undisturbed = await createAll(dir);
      const { rest, startMs } = await restart(dir);
      const killed = await killedInTheMiddle();
      return [
        { what: 'processor at rest', value: rest.cpuPercent, unit: '%', goal: { most: 1 } },
        { what: 'requests to Kubernetes', value: rest.requestsAMinute, unit: '/min', goal: { most: 60 } },
        { what: 'memory', value: rest.rssMiB, unit: 'MiB', goal: { most: 300 } },
        { what: 'start until synced', value: startMs / 1000, unit: 's', goal: { most: 5 } },
        { what: 'until all are Ready, undisturbed', value: undisturbed, unit: 's' },
        { what: 'until all are Ready, killed halfway', value: killed, unit: 's' },
        { what: 'killed / undisturbed', value: killed / undisturbed, unit: '×', goal: { most: 1.2 } },
      ];
    } finally {
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    }
  },
};

async function readyOf({ url }: BenchServer): Promise<number> {
  const { stores } = (await (await fetch(`${url}/stores`)).json()) as { stores: { phase: string }[] };
  return stores.filter(({ phase }) => phase === 'Ready').length;
}

async function create({ url }: BenchServer): Promise<void> {
  await using api = connect(url);
  await Promise.all(
    Array.from({ length: STORES }, (_, index) => api.trpc.stores.create.mutate({ name: `bench-${index}` })),
  );
}

async function untilReady(server: BenchServer, count: number): Promise<void> {
  while ((await readyOf(server)) < count) await sleep(100);
}

async function createAll(dir: string): Promise<number> {
  await using server = await startServer(SERVER, {}, dir);
  const started = performance.now();
  await create(server);
  await untilReady(server, STORES);
  return (performance.now() - started) / 1000;
}

async function restart(dir: string): Promise<{
  rest: { cpuPercent: number; rssMiB: number; requestsAMinute: number };
  startMs: number;
}> {
  await using server = await startServer(SERVER, {}, dir);
  const begun = performance.now();
  while ((await fetch(`${server.url}/readyz`)).status !== 200) await sleep(20);
  const startMs = server.startMs + performance.now() - begun;
  await untilReady(server, STORES);
  await sleep(5000);
  const [before, asked] = [usageOf(server.pid), await requestsOf(server)];
  await sleep(QUIET_S * 1000);
  const after = usageOf(server.pid);
  return {
    startMs,
    rest: {
      cpuPercent: ((after.cpuS - before.cpuS) / QUIET_S) * 100,
      rssMiB: after.rssMiB,
      requestsAMinute: (((await requestsOf(server)) - asked) / QUIET_S) * 60,
    },
  };
}

/** Requests that the embedded cluster has answered or begun to, this one left out. */
async function requestsOf(server: BenchServer): Promise<number> {
  const text = await (await fetch(`${server.cluster()}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith('apiserver_request_total'));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

async function killedInTheMiddle(): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-bench-'));
  try {
    const started = performance.now();
    const first = await startServer(SERVER, {}, dir);
    const startMs = performance.now() - started;
    await create(first);
    await untilReady(first, Math.floor(STORES / 2));
    await first.end('SIGKILL');
    await using second = await startServer(SERVER, {}, dir);
    await untilReady(second, STORES);
    return (performance.now() - started - startMs) / 1000;
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
