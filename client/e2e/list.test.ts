/** Filtering, sorting, selection and keyboard navigation among 2,000 stores, 200 of which change each second. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { screenshot } from './support/browser.ts';
import { startServer, SYNTHETIC, type TestServer } from './support/server.ts';
import { type Visit, visitPage } from './support/visit.ts';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  if (!CHROMIUM) return;
  server = await startServer({ SYNTHETIC_STORES: '2000', SYNTHETIC_CHANGES: '200' }, SYNTHETIC);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const visit = (options: Visit, use: (page: Page) => Promise<void>): Promise<void> =>
  visitPage({ browser, url: server.url }, options, use);
const names = (page: Page): Promise<string[]> => page.locator('tr[data-row] th').allInnerTexts();
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.textContent ?? null);

test.skipIf(!CHROMIUM)('renders only visible rows, and keeps the filter in the address', async () => {
  await visit({}, async (page) => {
    await page.getByRole('button', { name: 'All 2000' }).waitFor();
    expect((await names(page)).length).toBeLessThan(60);
    await screenshot(page, 'many-light-1440');
    await page.keyboard.press('/');
    await page.keyboard.type('STORE-1742');
    await expect.poll(() => names(page)).toEqual(['store-1742']);
    expect(page.url()).toContain('?q=STORE-1742');
    await page.reload();
    await expect.poll(() => names(page)).toEqual(['store-1742']);
    await page.getByLabel('Filter stores').fill('nothing like it');
    await page.getByRole('button', { name: 'Show all 2000' }).click();
    await page.getByRole('button', { name: 'All 2000' }).waitFor();
  });
});

test.skipIf(!CHROMIUM)(
  'filters by phase, sorts by column and navigates by keyboard to the end of the list',
  async () => {
    await visit({}, async (page) => {
      await page.getByRole('button', { name: /^Failed \d/ }).click();
      await expect
        .poll(
          async () => new Set(await page.locator('tr[data-row] td:nth-child(3) > span:first-child').allInnerTexts()),
        )
        .toEqual(new Set(['Failed']));
      await page.getByRole('button', { name: /^All/ }).click();
      await page.getByRole('button', { name: /^Name/ }).click();
      await page.getByRole('button', { name: /^Name/ }).click();
      await expect.poll(async () => (await names(page))[0]).toBe('store-1999');
      expect(page.url()).toContain('sort=-name');

      await page.getByRole('link', { name: 'store-1999' }).focus();
      for (const [key, name] of [
        ['ArrowDown', 'store-1998'],
        ['ArrowDown', 'store-1997'],
        ['ArrowUp', 'store-1998'],
        ['End', 'store-0000'],
        ['Home', 'store-1999'],
      ] as const) {
        await page.keyboard.press(key);
        await expect.poll(() => focused(page)).toBe(name);
      }
      await page.keyboard.press('PageDown');
      await expect.poll(() => focused(page)).toMatch(/^store-19[78]\d$/);
      const at = await focused(page);
      await page.keyboard.press(' ');
      await page.getByText('1 selected').waitFor();
      await page.keyboard.press('Delete');
      await page.getByRole('heading', { name: `Delete ${at}?` }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('link', { name: at ?? '', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('article', { name: `Store ${at}` }).waitFor();
    });
  },
);

test.skipIf(!CHROMIUM)('allows the deletion of several selected stores only once their number is typed', async () => {
  await visit({ colorScheme: 'dark' }, async (page) => {
    for (const name of ['store-0001', 'store-0003']) await page.getByLabel(`Select ${name}`).click();
    await page.getByRole('button', { name: 'Delete 2' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('store-0001, store-0003').waitFor();
    await dialog.getByRole('textbox').fill('delete 3 stores');
    expect(await dialog.getByRole('button', { name: 'Delete 2 stores' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('delete 2 stores');
    expect(await dialog.getByRole('button', { name: 'Delete 2 stores' }).isDisabled()).toBe(false);
    await screenshot(page, 'bulk-dark-1440');
    expect(page.url()).toContain('selected=st_1%2Cst_3');
  });
});

test.skipIf(!CHROMIUM)('moves no row under the pointer', async () => {
  await visit({}, async (page) => {
    await page.getByRole('button', { name: /^Phase/ }).click();
    await page.mouse.move(700, 400);
    const before = await names(page);
    await page.waitForTimeout(1500);
    expect(await names(page)).toEqual(before);
    await page.mouse.move(700, 10);
    await expect.poll(() => names(page)).not.toEqual(before);
  });
});
