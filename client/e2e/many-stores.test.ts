/** The list of 5,000 stores, 200 of which change each second. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';
import { SYNTHETIC } from './support/server.ts';

const dashboard = startDashboard({ env: { SYNTHETIC_STORES: '5000', SYNTHETIC_CHANGES: '200' }, main: SYNTHETIC });
const { visit } = dashboard;
const names = (page: Page): Promise<string[]> => page.locator('tr[data-row] th a').allInnerTexts();

test.skipIf(!CHROMIUM)('searches, sorts and scrolls 5,000 stores with few rows in the page', async () => {
  await visit({}, async (page) => {
    await page.getByRole('button', { name: 'All 5000' }).waitFor();
    await page.getByLabel('Filter stores').fill('store-4242');
    await expect.poll(() => names(page)).toEqual(['store-4242']);
    await page.getByLabel('Filter stores').fill('');
    await page.getByRole('button', { name: /^Name/ }).click();
    await expect.poll(async () => (await names(page))[0]).toBe('store-0000');
    await page.getByRole('link', { name: 'store-0000', exact: true }).press('End');
    await expect.poll(async () => (await names(page)).at(-1)).toBe('store-4999');
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, -150_000);
    await expect.poll(async () => (await names(page))[0]).toMatch(/^store-24\d\d$/);
    await expect.poll(async () => (await names(page)).length).toBeGreaterThan(10);
    expect((await names(page)).length).toBeLessThan(60);
  });
});

test.skipIf(!CHROMIUM)('opens the first store of what was typed, not of what was found before', async () => {
  await visit({}, async (page) => {
    await page.getByRole('button', { name: 'All 5000' }).waitFor();
    const filter = page.getByLabel('Filter stores');
    // Both keys within one task of the page: nothing is rendered between them.
    await filter.evaluate((field: HTMLInputElement) => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'store-1234');
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    });
    await page.getByRole('article', { name: 'Store store-1234' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/stores/st_1234');
  });
});

test.skipIf(!CHROMIUM)('selects all 5,000 stores, and says of each action how many it acts on', async () => {
  await visit({}, async (page) => {
    await page.getByLabel('Select store-4999').click();
    await page.getByRole('button', { name: 'Select all 5000 shown' }).click();
    const bulk = page.getByRole('region', { name: 'Selected stores' });
    await bulk.getByText('5000 selected').waitFor();
    await bulk.getByRole('button', { name: 'Delete 5000' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: 'Delete 5000 stores?' }).waitFor();
    await dialog.getByText(/and 4950 more$/).waitFor();
    await dialog.getByRole('textbox').fill('delete 5000 stores');
    expect(await dialog.getByRole('button', { name: 'Delete 5000 stores' }).isEnabled()).toBe(true);
    await screenshot(page, 'bulk-5000-light-1440');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByLabel('Filter stores').fill('store-12');
    await bulk.getByText('100 selected').waitFor();
  });
});

test.skipIf(!CHROMIUM)('acts on exactly the selected stores among 5,000', async () => {
  await visit({}, async (page) => {
    const asked: string[] = [];
    // These stores exist only in the list: nothing could delete them.
    await page.route('**/trpc/stores.remove**', (route) => {
      // The client sends the input as it is.
      asked.push((route.request().postDataJSON() as { id: string }).id);
      return route.fulfill({ json: { result: { data: {} } } });
    });
    await page.getByLabel('Filter stores').fill('store-499');
    await page.getByLabel('Select store-4993').click();
    await page.getByRole('button', { name: 'Select all 10 shown' }).click();
    await page.getByLabel('Select store-4999').click();
    await page.getByRole('button', { name: 'Delete 9' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('delete 9 stores');
    await page.getByRole('button', { name: 'Delete 9 stores' }).click();
    await expect.poll(() => asked.toSorted()).toEqual(Array.from({ length: 9 }, (_, index) => `st_${4990 + index}`));
  });
});
