/** While the server is unreachable, the page says so, keeps user input and disables actions. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { AXE_REPORTS } from './support/axe.ts';
import { screenshot } from './support/browser.ts';
import { findFaults } from './support/looks.ts';
import { startServer, type TestServer } from './support/server.ts';
import { SERVER_KILLED, visitPage } from './support/visit.ts';

let server: TestServer;
let browser: Browser;
const ids: string[] = [];

beforeAll(async () => {
  if (!CHROMIUM) return;
  server = await startServer({ SHOPYARD_SIMULATOR_SPEED: '0' });
  browser = await launchBrowser();
  for (const name of ['mugs', 'posters'])
    ids.push((await server.call('POST', '/stores', { name })).body['id'] as string);
  const phases = async (): Promise<unknown[]> =>
    Promise.all(ids.map(async (id) => (await server.call('GET', `/stores/${id}`)).body['phase']));
  const ready = async (): Promise<void> => expect(await phases()).toEqual(['Ready', 'Ready']);
  await vi.waitFor(ready, { timeout: 40_000, interval: 200 });
});

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const EXPECTED = new RegExp(`${SERVER_KILLED.source}|${AXE_REPORTS.source}`);
const RAW = /fetch|assets\/|\.js\b|TypeError|NetworkError|Load failed|undefined/i;
const plain = async (page: Page): Promise<void> => expect(await page.locator('body').innerText()).not.toMatch(RAW);

test.skipIf(!CHROMIUM).each([
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 380 },
] as const)(
  'explains and disables every action while the server is unreachable: $colorScheme, $width pixels',
  async ({ colorScheme, width }) => {
    await visitPage({ browser, url: server.url }, { colorScheme, width, tolerate: EXPECTED }, async (page) => {
      await page.getByRole('button', { name: 'All 2' }).waitFor();
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(1500);
      await server.kill();
      const bar = page.getByRole('complementary', { name: 'Offline' });
      await bar.getByText('Actions are disabled until it is back').waitFor();
      await screenshot(page, `offline-${colorScheme}-${width}`);
      if (colorScheme === 'light') expect(await findFaults(page)).toEqual([]);
      await plain(page);

      await page.getByRole('link', { name: 'posters', exact: true }).press('Enter');
      const panel = page.getByRole('article', { name: 'Store posters' });
      await panel.getByText("Not loaded: the server isn't responding.").first().waitFor();
      expect(await panel.getByRole('button', { name: 'Delete…' }).isDisabled()).toBe(true);
      expect(await panel.getByRole('button', { name: 'Show password' }).isDisabled()).toBe(true);
      for (const tab of ['logs', 'events', 'release']) {
        await page.evaluate(([id, name]) => (location.hash = `#/stores/${id}?tab=${name}`), [ids[1], tab]);
        await page.waitForTimeout(300);
        await plain(page);
      }
      await screenshot(page, `offline-store-${colorScheme}-${width}`);
      await page.evaluate(() => (location.hash = '#/overview'));
      await page.getByText("Not loaded: the server isn't responding.").waitFor();
      await plain(page);

      await page.evaluate(() => (location.hash = '#/'));
      await page.getByLabel('Select mugs').click();
      expect(await page.getByRole('button', { name: 'Delete 1' }).isDisabled()).toBe(true);
      await page.keyboard.press('n');
      const name = page.getByLabel('Name', { exact: true });
      await name.fill(`tea-${width}`);
      await page.getByText('about 50 orders a day').waitFor();
      expect(await page.getByRole('button', { name: 'Create store' }).isDisabled()).toBe(true);
      await page.keyboard.press('Enter');
      await page.getByText('create the store when it is back').waitFor();
      await screenshot(page, `offline-create-${colorScheme}-${width}`);
      await plain(page);

      await server.restart();
      await bar.waitFor({ state: 'detached', timeout: 40_000 });
      expect(await name.inputValue()).toBe(`tea-${width}`);
      await page.getByRole('button', { name: 'Create store' }).click();
      await page.getByRole('article', { name: `Store tea-${width}` }).waitFor();
      const id = /stores\/(\w+)/.exec(page.url())?.[1];
      await server.call('DELETE', `/stores/${id}`);
      await expect.poll(async () => (await server.call('GET', `/stores/${id}`)).status, { timeout: 30_000 }).toBe(404);
    });
  },
);
