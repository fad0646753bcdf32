/** Many stores that are Ready, and nothing to do: what the server costs then, and how it starts with them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark } from './lib/report.ts';
import { type BenchServer, SERVER, startServer } from './lib/server.ts';
import { createStores, untilReady } from './lib/stores.ts';
import { usageOf } from './lib/usage.ts';

const STORES = Number(process.env['BENCH_FLEET'] ?? 20);
const QUIET_S = Number(process.env['BENCH_QUIET_SECONDS'] ?? 30);

export const fleet: Benchmark = {
  name: 'fleet',
  about: `${STORES} stores at rest for ${QUIET_S} s (BENCH_FLEET=1000), after a restart`,
  async run() {
    const dir = mkdtempSync(join(tmpdir(), 'shopyard-bench-'));
    try {
      const port = await createAll(dir);
      const { rest, startMs } = await restart(dir, port);
      return [
        { what: 'processor at rest', value: rest.cpuPercent, unit: '%', goal: { most: 1 } },
        { what: 'requests to Kubernetes', value: rest.requestsAMinute, unit: '/min', goal: { most: 60 } },
        { what: 'memory', value: rest.rssMiB, unit: 'MiB', goal: { most: 300 } },
        { what: 'start until synced', value: startMs / 1000, unit: 's', goal: { most: 5 } },
      ];
    } finally {
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    }
  },
};

/** The port: at another one every store would move to its new address. */
async function createAll(dir: string): Promise<string> {
  await using server = await startServer(SERVER, {}, dir);
  await createStores(server, STORES);
  await untilReady(server, STORES);
  return new URL(server.url).port;
}

async function restart(
  dir: string,
  port: string,
): Promise<{
  rest: { cpuPercent: number; rssMiB: number; requestsAMinute: number };
  startMs: number;
}> {
  await using server = await startServer(SERVER, { SHOPYARD_PORT: port }, dir);
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
