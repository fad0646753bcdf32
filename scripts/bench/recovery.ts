/** A kill in the middle of many creates, compared with undisturbed creates. */
import { SERVER, temporaryDir } from '@shopyard/testkit';
import type { Benchmark } from './lib/report.ts';
import { startServer } from './lib/server.ts';
import { createStores, untilReady } from './lib/stores.ts';

const STORES = Number(process.env['BENCH_RECOVERY'] ?? 20);

export const recovery: Benchmark = {
  name: 'recovery',
  about: `${STORES} stores created at once (BENCH_RECOVERY=100); the server is killed with SIGKILL once half of them are Ready, and restarted`,
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
        // With fewer stores, the restart itself dominates.
        ...(STORES >= 100 ? { goal: { most: 1.2 } } : {}),
      },
    ];
  },
};

/** Seconds from the first create, restart included. */
async function measure(kill: boolean): Promise<number> {
  using dir = temporaryDir();
  const first = await startServer(SERVER, {}, dir.path);
  const started = performance.now();
  await createStores(first, STORES);
  await untilReady(first, kill ? Math.floor(STORES / 2) : STORES);
  const undisturbed = (performance.now() - started) / 1000;
  await (kill ? first.kill() : first.stop());
  if (!kill) return undisturbed;
  await using second = await startServer(SERVER, {}, dir.path);
  await untilReady(second, STORES);
  return (performance.now() - started) / 1000;
}
