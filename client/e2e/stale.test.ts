/** When the cluster's API server hangs, the page says since when it is stale and recovers without a reload. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { screenshot } from './support/browser.ts';
import { startCluster, type TestCluster } from './support/cluster.ts';
import { startServer, type TestServer } from './support/server.ts';
import { visitPage } from './support/visit.ts';

let cluster: TestCluster;
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  if (!CHROMIUM) return;
  cluster = await startCluster();
  server = await startServer({ ...cluster.env, SHOPYARD_WATCH_SILENCE_SECONDS: '2' });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
  await cluster?.[Symbol.asyncDispose]();
});

test.skipIf(!CHROMIUM)('says since when it is stale, and goes live again without a reload', async () => {
  await visitPage({ browser, url: server.url }, { colorScheme: 'dark' }, async (page) => {
    await page.getByText('Live', { exact: true }).waitFor();
    cluster.pause();
    await page.getByText(/^Stale since \d/).waitFor({ timeout: 20_000 });
    await screenshot(page, 'stale-dark-1440');
    // The server accepts requests meanwhile and carries them out afterwards.
    const create = async (): Promise<number> =>
      (await fetch('/stores', { method: 'POST', body: '{"name":"meanwhile"}' })).status;
    expect(await page.evaluate(create)).toBe(202);
    const row = page.locator('tr[data-row]', { hasText: 'meanwhile' });
    await row.waitFor();
    cluster.resume();
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 40_000 });
    await row.getByText('Ready').waitFor({ timeout: 40_000 });
  });
});
