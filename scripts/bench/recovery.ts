/** A kill in the middle of many creates, against creates that nobody disturbs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark } from './lib/report.ts';
import { SERVER, startServer } from './lib/server.ts';
import { createStores, untilReady } from './lib/stores.ts';

const STORES = Number(process.env['BENCH_RECOVERY'] ?? 20);

export const recovery: Benchmark = {
  name: 'recovery',
  about: `${STORES} stores created at once (BENCH_RECOVERY=100), the server killed with SIGKILL when half of them are Ready, and started again`,
  async run() {
    const undisturbed = await measure(false);
    const killed = await measure(true);
    return [
      { what: 'until all are Ready, undisturbed', value: undisturbed, unit: 's' },
      { what: 'until all are Ready, killed halfway', value: killed, unit: 's' },
      {
        what: 'killed / undisturbed',
        value: killed / undisturbed,
        unit: '×',
        // Of fewer, the restart itself is the larger part.
        ...(STORES >= 100 ? { goal: { most: 1.2 } } : {}),
      },
    ];
  },
};

/** Seconds from the first create; the restart counts. */
async function measure(kill: boolean): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-bench-'));
  try {
    const first = await startServer(SERVER, {}, dir);
    const started = performance.now();
    await createStores(first, STORES);
    await untilReady(first, kill ? Math.floor(STORES / 2) : STORES);
    const undisturbed = (performance.now() - started) / 1000;
    await first.end(kill ? 'SIGKILL' : 'SIGTERM');
    if (!kill) return undisturbed;
    // At another port every store would move to its new address.
    const { port } = new URL(first.url);
    await using second = await startServer(SERVER, { SHOPYARD_PORT: port }, dir);
    await untilReady(second, STORES);
    return (performance.now() - started) / 1000;
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
