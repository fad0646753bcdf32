/** The list in a browser: two thousand stores, two hundred changes per second. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Benchmark, Finding } from './lib/report.ts';
import { launch } from './lib/browser.ts';
import { startServer, SYNTHETIC } from './lib/server.ts';
import { quantile } from './lib/stats.ts';

const SECONDS = Number(process.env['BENCH_DASHBOARD_SECONDS'] ?? 30);
const WARM_UP_MS = 5000;

export const dashboard: Benchmark = {
  name: 'dashboard',
  about: `2000 stores, 200 changes per second, for ${SECONDS} s (BENCH_DASHBOARD_SECONDS=600 for ten minutes), while scrolling and filtering`,
  async run() {
    await using browser = await launch();
    if (!browser) return [];
    await using server = await startServer(SYNTHETIC, { SYNTHETIC_STORES: '2000', SYNTHETIC_CHANGES: '200' });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.url);
    await page.getByRole('button', { name: 'All 2000' }).waitFor();
    await sleep(WARM_UP_MS);
    const heap = [await heapOf(page)];
    await record(page);
    const until = Date.now() + SECONDS * 1000;
    for (let turn = 0; Date.now() < until; turn++) {
      await use(page, turn);
      if (turn % 10 === 9) heap.push(await heapOf(page));
    }
    heap.push(await heapOf(page));
    // `record` sets it in the page.
    const frames = await page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames);
    return findings(frames, heap);
  },
};

function findings(frames: number[], heap: number[]): Finding[] {
  const third = Math.max(1, Math.floor(heap.length / 3));
  const early = quantile(heap.slice(0, third), 0.5);
  const late = quantile(heap.slice(-third), 0.5);
  return [
    { what: 'frames seen', value: frames.length, unit: '' },
    { what: 'frame, p50', value: quantile(frames, 0.5), unit: 'ms' },
    { what: 'frame, p99', value: quantile(frames, 0.99), unit: 'ms' },
    { what: 'frame, longest', value: Math.max(...frames), unit: 'ms', goal: { most: 50 } },
    { what: 'heap, first third', value: early, unit: 'MiB' },
    { what: 'heap, last third', value: late, unit: 'MiB' },
    { what: 'heap, growth', value: late / early, unit: '×', goal: { most: 1.1 } },
  ];
}

/** Records the duration of each frame. */
async function record(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: number[] = [];
    // `run` reads it back.
    (globalThis as unknown as { frames: number[] }).frames = frames;
    let last = performance.now();
    // Only this benchmark uses it.
    const scope = globalThis as unknown as { measuringHeap: boolean };
    const next = (now: number): void => {
      if (!scope.measuringHeap) frames.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

/** Acts like someone looking for a store. */
async function use(page: Page, turn: number): Promise<void> {
  await page.mouse.move(700, turn % 4 === 0 ? 10 : 400);
  await page.mouse.wheel(0, turn % 8 < 4 ? 1200 : -1200);
  if (turn % 6 === 5) await page.getByLabel('Filter stores').fill(turn % 12 === 5 ? 'store-1' : '');
  await sleep(200);
}

/** Heap in MiB after a garbage collection. Frames that the collection delays are not counted. */
async function heapOf(page: Page): Promise<number> {
  const measuring = (yes: boolean): Promise<void> =>
    page.evaluate((value) => {
      // Only this benchmark uses it.
      const scope = globalThis as unknown as { measuringHeap: boolean };
      return new Promise((resolve) => {
        if (value) scope.measuringHeap = true;
        // The next frame reports the duration of the measurement.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            scope.measuringHeap = value;
            resolve();
          }),
        );
      });
    }, yes);
  await measuring(true);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  await measuring(false);
  return usedSize / 2 ** 20;
}
