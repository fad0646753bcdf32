/** Embedded stores that run WordPress: the time until the first and the next are Ready, and the memory of ten asleep. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processTree, SERVER } from '@shopyard/testkit';
import { connect } from '@shopyard/sdk';
import type { Benchmark } from './lib/report.ts';
import { type BenchServer, startServer } from './lib/server.ts';
import { usageOf } from './lib/usage.ts';

const STORES = 10;
const IDLE_S = 20;
const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'shopyard');
const ZIPS = ['wordpress-7.1.zip', 'woocommerce-11.0.1.zip'].map((name) => join(CACHE, name));

export const embedded: Benchmark = {
  name: 'embedded',
  about: `WordPress and WooCommerce in Node, with empty data and an empty code cache; then ${STORES} stores, all asleep`,
  async run() {
    const missing = ZIPS.find((zip) => !existsSync(zip));
    if (missing) {
      process.stderr.write(`Skipped embedded stores: ${missing} does not exist.\n`);
      return [];
    }
    const cache = mkdtempSync(join(tmpdir(), 'shopyard-bench-'));
    try {
      const env = {
        SHOPYARD_EMBEDDED_STORES: 'real',
        SHOPYARD_STORE_IDLE_SECONDS: String(IDLE_S),
        SHOPYARD_WORDPRESS_ZIP: ZIPS[0] ?? '',
        SHOPYARD_WOOCOMMERCE_ZIP: ZIPS[1] ?? '',
        XDG_CACHE_HOME: cache,
      };
      await using server = await startServer(SERVER, env);
      const empty = treeMiB(server.pid);
      const first = await secondsUntilReady(server, ['first']);
      const next = await secondsUntilReady(server, ['next']);
      const rest = await secondsUntilReady(
        server,
        Array.from({ length: STORES - 2 }, (_, index) => `more-${index}`),
      );
      await untilAsleep(server);
      return [
        { what: 'the first store, until Ready', value: first, unit: 's', goal: { most: 30 } },
        { what: 'the next store, until Ready', value: next, unit: 's', goal: { most: 10 } },
        { what: `${STORES - 2} more at once, each`, value: rest / (STORES - 2), unit: 's' },
        { what: `memory of ${STORES} that sleep`, value: treeMiB(server.pid) - empty, unit: 'MiB', goal: { most: 60 } },
      ];
    } finally {
      rmSync(cache, { recursive: true, force: true });
    }
  },
};

async function secondsUntilReady(server: BenchServer, names: string[]): Promise<number> {
  await using api = connect(server.url);
  const started = performance.now();
  await Promise.all(names.map((name) => api.trpc.stores.create.mutate({ name })));
  for (;;) {
    const { stores } = await api.trpc.stores.list.query();
    if (names.every((name) => stores.some((store) => store.name === name && store.phase === 'Ready'))) break;
    await sleep(100);
  }
  return (performance.now() - started) / 1000;
}

/** Waits until the server has no store processes left. */
async function untilAsleep(server: BenchServer): Promise<void> {
  const all = (): number => processTree(server.pid).length;
  for (let awake = all(); awake > 2; awake = all()) await sleep(1000);
  await sleep(5000);
}

/** Resident memory of a process and its descendants. */
function treeMiB(pid: number): number {
  return processTree(pid).reduce((sum, one) => sum + usageOf(one).rssMiB, 0);
}
