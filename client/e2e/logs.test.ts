/** Following, scrolling, searching and downloading a log of more than 10,000 lines. */
import { readFileSync } from 'node:fs';
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { screenshot } from './support/browser.ts';
import { startServer, SYNTHETIC, type TestServer } from './support/server.ts';
import { SERVER_KILLED, visitPage } from './support/visit.ts';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  if (!CHROMIUM) return;
  server = await startServer({ SYNTHETIC_STORES: '3' }, SYNTHETIC);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

test.skipIf(!CHROMIUM)(
  'follows the end, keeps the scroll position while the user reads, searches and downloads',
  async () => {
    await visitPage({ browser, url: server.url }, { tolerate: SERVER_KILLED }, async (page) => {
      await page.goto(`${server.url}/#/stores/st_1?tab=logs&pod=wordpress-0&container=wordpress`);
      const log = page.getByRole('log');
      await page.getByText(/^10000 lines, \d+ older ones dropped$/).waitFor();
      const shown = async (): Promise<number[]> =>
        (await log.locator('p').allInnerTexts()).map((text) => Number(/line=(\d+)/.exec(text)?.[1]));
      expect((await shown()).length).toBeLessThan(120);
      const last = Math.max(...(await shown()));
      await expect.poll(async () => Math.max(...(await shown()))).toBeGreaterThan(last);

      await log.hover();
      await page.mouse.wheel(0, -4000);
      await page.getByRole('button', { name: /^Follow/ }).waitFor();
      const scrolled = (): Promise<number> => log.evaluate((element) => element.scrollTop);
      const at = await scrolled();
      await page.getByRole('button', { name: /^Follow \(\d+ new\)$/ }).waitFor();
      expect(await scrolled()).toBe(at);
      await screenshot(page, 'logs-light-1440');
      await page.getByRole('button', { name: /^Follow/ }).click();
      await expect.poll(async () => Math.max(...(await shown()))).toBeGreaterThan(last + 5);

      await page.getByLabel('Search the log').fill('line=9876');
      await expect.poll(() => log.locator('mark').allInnerTexts()).toEqual(['line=9876']);
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download' }).click();
      const file = await downloading;
      expect(file.suggestedFilename()).toBe('store-0001-wordpress-0-wordpress.log');
      expect(readFileSync((await file.path()) ?? '', 'utf8').split('\n').length).toBe(10_000);

      await page.getByLabel('Search the log').fill('');
      await server.kill();
      await server.restart();
      await page.getByText(/The connection was lost and is back/).waitFor({ timeout: 40_000 });
    });
  },
);
