/** From a pod's change in the cluster to the pixel in the browser. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@shopyard/sdk';
import { clusterUrl, SERVER } from '@shopyard/testkit';
import type { Page } from 'playwright-core';
import { launch } from './lib/browser.ts';
import { setPodReady } from './lib/pod.ts';
import type { Benchmark } from './lib/report.ts';
import { type BenchServer, startServer } from './lib/server.ts';
import { quantile, wallClock } from './lib/stats.ts';

const STORES = 5;
const SAMPLES = 100;
/** Longer than the interval that batches changes, so that samples stay separate. */
const PAUSE_MS = 150;

export const pixel: Benchmark = {
  name: 'pixel',
  about: `time from a pod of one of ${STORES} stores on the embedded cluster turning unready or ready to the frame that shows it, ${SAMPLES} times`,
  async run() {
    await using browser = await launch();
    if (!browser) return [];
    await using server = await startServer(SERVER);
    await readyStores(server);
    const page = await browser.newPage();
    await page.goto(server.url);
    await page
      .locator('tr[data-row]')
      .nth(STORES - 1)
      .waitFor();
    await observe(page);
    const took: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample++) {
      const store = `store-bench-${Math.floor(sample / 2) % STORES}`;
      // `observe` sets it in the page.
      await page.evaluate(() => (globalThis as unknown as { expectChange(): void }).expectChange());
      const sent = wallClock();
      await setPodReady(clusterUrl(server.dataDir), store, sample % 2 === 1);
      // `observe` sets it in the page.
      const shown = await page.evaluate(() => (globalThis as unknown as { shown: Promise<number> }).shown);
      took.push(shown - sent);
      await sleep(PAUSE_MS);
    }
    return [
      { what: 'change to pixel, p50', value: quantile(took, 0.5), unit: 'ms', goal: { most: 50 } },
      { what: 'change to pixel, p95', value: quantile(took, 0.95), unit: 'ms', goal: { most: 150 } },
      { what: 'change to pixel, longest', value: Math.max(...took), unit: 'ms' },
    ];
  },
};

async function readyStores(server: BenchServer): Promise<void> {
  await using api = connect(server.url);
  for (let index = 0; index < STORES; index++) await api.trpc.stores.create.mutate({ name: `bench-${index}` });
  const ready = async (): Promise<boolean> =>
    (await api.trpc.stores.list.query()).stores.every(({ phase }) => phase === 'Ready');
  while (!(await ready())) await sleep(100);
}

/** Makes `shown` resolve with the time of the first frame after the next change of any ready dot. */
async function observe(page: Page): Promise<void> {
  await page.evaluate(() => {
    // Only this benchmark uses it.
    const scope = globalThis as unknown as { expectChange(): void; shown: Promise<number> };
    scope.expectChange = () => {
      scope.shown = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
        });
        const options = { subtree: true, attributes: true, attributeFilter: ['data-ready'] };
        observer.observe(document.querySelector('tbody') ?? document.body, options);
      });
    };
  });
}
