/**
 * The list in a browser: many stores, two hundred changes a second. Frames last longer on a machine that does other things
 * too, so the processor time of the page's tasks is measured beside them, and the machine's load is reported.
 */
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { launch } from './lib/browser.ts';
import { recordFrames, traceTasks } from './lib/frames.ts';
import { heapOf } from './lib/heap.ts';
import { firstPaint, type Paint } from './lib/paint.ts';
import type { Benchmark, Finding } from './lib/report.ts';
import { startServer, SYNTHETIC } from './lib/server.ts';
import { slowLoad } from '@shopyard/testkit/slow-load';
import { quantile } from './lib/stats.ts';

const STORES = process.env['BENCH_DASHBOARD_STORES'] ?? '2000';
const SECONDS = Number(process.env['BENCH_DASHBOARD_SECONDS'] ?? 30);
/** A build of the dashboard (its `client/dist`) to compare the first paint with. */
const BEFORE = process.env['BENCH_DASHBOARD_BEFORE'];
const WARM_UP_MS = 5000;
const TRACED_MS = 20_000;
const PAINTS = 11;
const SLOW_STORES = '2000';

export const dashboard: Benchmark = {
  name: 'dashboard',
  about: `${STORES} stores (BENCH_DASHBOARD_STORES), 200 changes per second, for ${SECONDS} s (BENCH_DASHBOARD_SECONDS=600 for ten minutes), while scrolling and filtering; the first paint, beside that of BENCH_DASHBOARD_BEFORE=client/dist of another build`,
  async run() {
    await using browser = await launch();
    if (!browser) return [];
    return [
      ...(await watchList(browser)),
      ...(await comparePaints(browser)),
      ...(await onSlowNetwork(browser)),
      { what: 'load of the machine, last minute', value: loadavg()[0] ?? Number.NaN, unit: '' },
    ];
  },
};

async function watchList(browser: Browser): Promise<Finding[]> {
  await using server = await startServer(SYNTHETIC, { SYNTHETIC_STORES: STORES, SYNTHETIC_CHANGES: '200' });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${server.url}/stores`);
  await page.getByRole('button', { name: `All ${STORES}` }).waitFor();
  await use(page, WARM_UP_MS);
  const frames = await recordFrames(page);
  const tasks = await traceTasks(page, () => use(page, TRACED_MS));
  const lengths = await frames.read();
  // Collecting garbage delays frames, so none are counted from here on.
  const heap: number[] = [];
  for (const until = Date.now() + SECONDS * 1000; Date.now() < until;) {
    await use(page, Math.min(5000, (SECONDS * 1000) / 6));
    heap.push(await heapOf(page));
  }
  await page.close();
  const third = Math.max(1, Math.floor(heap.length / 3));
  const [early, late] = [quantile(heap.slice(0, third), 0.5), quantile(heap.slice(-third), 0.5)];
  const took = tasks.map(({ tookMs }) => tookMs);
  return [
    { what: 'frame, p50', value: quantile(lengths, 0.5), unit: 'ms' },
    { what: 'frame, p99', value: quantile(lengths, 0.99), unit: 'ms' },
    { what: 'frame, longest', value: Math.max(...lengths), unit: 'ms', goal: { most: 50 } },
    { what: 'task, processor time, p99', value: quantile(took, 0.99), unit: 'ms' },
    { what: 'task, processor time, longest', value: Math.max(...took), unit: 'ms', goal: { most: 50 } },
    { what: 'heap, first third', value: early, unit: 'MiB' },
    { what: 'heap, last third', value: late, unit: 'MiB' },
    { what: 'heap, growth', value: late / early, unit: '×', goal: { most: 1.1 } },
  ];
}

/** Acts like someone looking for a store. */
async function use(page: Page, forMs: number): Promise<void> {
  const until = Date.now() + forMs;
  for (let turn = 0; Date.now() < until; turn++) {
    await page.mouse.move(700, turn % 4 === 0 ? 10 : 400);
    await page.mouse.wheel(0, turn % 8 < 4 ? 1200 : -1200);
    if (turn % 6 === 5) await page.getByLabel('Filter stores').fill(turn % 12 === 5 ? 'store-1' : '');
    await sleep(200);
  }
  await page.getByLabel('Filter stores').fill('');
}

/** Both builds in turn, so that whatever else the machine does slows both. */
async function comparePaints(browser: Browser): Promise<Finding[]> {
  await using now = await startServer(SYNTHETIC, { SYNTHETIC_STORES: '20' });
  await using before = BEFORE
    ? await startServer(SYNTHETIC, { SYNTHETIC_STORES: '20', SYNTHETIC_CLIENT: BEFORE })
    : null;
  const paints: { now: Paint[]; before: Paint[] } = { now: [], before: [] };
  for (let turn = 0; turn < PAINTS; turn++) {
    if (before) paints.before.push(await firstPaint(browser, `${before.url}/stores`));
    paints.now.push(await firstPaint(browser, `${now.url}/stores`));
  }
  const median = (of: Paint[], part: keyof Paint): number =>
    quantile(
      of.map((paint) => paint[part]),
      0.5,
    );
  const ratio = (part: keyof Paint): number => median(paints.now, part) / median(paints.before, part);
  return [
    { what: 'first contentful paint, p50', value: median(paints.now, 'firstMs'), unit: 'ms' },
    { what: 'its processor time, p50', value: median(paints.now, 'taskMs'), unit: 'ms' },
    ...(before
      ? [
          {
            what: 'first contentful paint, beside the other build',
            value: ratio('firstMs'),
            unit: '×',
            goal: { most: 1.1 },
          },
          {
            what: 'its processor time, beside the other build',
            value: ratio('taskMs'),
            unit: '×',
            goal: { most: 1.1 },
          },
        ]
      : []),
  ];
}

async function onSlowNetwork(browser: Browser): Promise<Finding[]> {
  await using server = await startServer(SYNTHETIC, { SYNTHETIC_STORES: SLOW_STORES });
  const { usableMs } = await slowLoad(browser, `${server.url}/stores`, `All ${SLOW_STORES}`);
  return [
    { what: `fast 3G, until ${SLOW_STORES} stores are listed`, value: usableMs / 1000, unit: 's', goal: { most: 4 } },
  ];
}
