/** The list in a browser, with two thousand stores of which two hundred change each second. */
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
  about: `2000 stores, 200 changes a second, for ${SECONDS} s (BENCH_DASHBOARD_SECONDS=600 for ten minutes), scrolled and filtered meanwhile`,
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
    // The page's script sets it, see below.
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

/** Writes down how long each frame takes. */
async function record(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: number[] = [];
    // Read back above.
    (globalThis as unknown as { frames: number[] }).frames = frames;
    let last = performance.now();
    // Only this script uses it.
    const scope = globalThis as unknown as { measuringHeap: boolean };
    const next = (now: number): void => {
      if (!scope.measuringHeap) frames.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

/** What somebody does who looks for a store. */
async function use(page: Page, turn: number): Promise<void> {
  await page.mouse.move(700, turn % 4 === 0 ? 10 : 400);
  await page.mouse.wheel(0, turn % 8 < 4 ? 1200 : -1200);
  if (turn % 6 === 5) await page.getByLabel('Filter stores').fill(turn % 12 === 5 ? 'store-1' : '');
  await sleep(200);
}

/** MiB in use after what is not used any more was collected; that stops the page for a moment, which is not counted. */
async function heapOf(page: Page): Promise<number> {
  const measuring = (yes: boolean): Promise<void> =>
    page.evaluate((value) => {
      // Only this script uses it.
      const scope = globalThis as unknown as { measuringHeap: boolean };
      return new Promise((resolve) => {
        if (value) scope.measuringHeap = true;
        // The frame that the measuring took is told at the next one.
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
