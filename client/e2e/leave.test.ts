/** Leaving unsaved settings by Back and Forward: the page asks, as it does for its links. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startDashboard } from './support/dashboard.ts';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0' } });
let id: string | undefined;

/** From the list by links, as a person would. */
async function visitSettings(use: (page: Page, form: Locator) => Promise<void>): Promise<void> {
  id ??= await dashboard.create('alpha');
  await dashboard.visit({}, async (page) => {
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await page.getByRole('link', { name: 'Stores', exact: true }).first().click();
    await page.getByRole('link', { name: 'alpha', exact: true }).press('Enter');
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    const form = page.getByRole('form', { name: 'Settings' });
    await form.getByLabel('Shop name', { exact: true }).waitFor();
    await use(page, form);
  });
}

const questionOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Discard unsaved changes?' });

test.skipIf(!CHROMIUM)('asks on Back, and keeps what was typed', async () => {
  await visitSettings(async (page, form) => {
    await form.getByLabel('Shop name', { exact: true }).fill('Alpha & Sons');
    for (let times = 0; times < 2; times++) {
      await page.evaluate(() => history.back());
      await questionOf(page).getByRole('button', { name: 'Keep editing' }).click();
      await questionOf(page).waitFor({ state: 'detached' });
      expect(await form.getByLabel('Shop name', { exact: true }).inputValue()).toBe('Alpha & Sons');
      expect(new URL(page.url()).pathname).toBe(`/stores/${id}/settings`);
    }
  });
});

test.skipIf(!CHROMIUM)('leads back once the changes are discarded, and forward again without them', async () => {
  await visitSettings(async (page, form) => {
    const usual = await form.getByLabel('Shop name', { exact: true }).inputValue();
    await form.getByLabel('Shop name', { exact: true }).fill('Alpha & Sons');
    await page.evaluate(() => history.back());
    await questionOf(page).getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('region', { name: 'Steps' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/stores/${id}`);
    await page.evaluate(() => history.forward());
    await expect.poll(() => form.getByLabel('Shop name', { exact: true }).inputValue()).toBe(usual);
  });
});

test.skipIf(!CHROMIUM)('needs Back once, and asks nothing, when nothing is unsaved any more', async () => {
  await visitSettings(async (page, form) => {
    await form.getByLabel('Shop name', { exact: true }).fill('Alpha & Sons');
    await form.getByRole('button', { name: 'Discard' }).click();
    await page.evaluate(() => history.back());
    await page.getByRole('region', { name: 'Steps' }).waitFor();
    expect(await questionOf(page).count()).toBe(0);
  });
});

test.skipIf(!CHROMIUM)('leaves no second entry behind when a link leads away', async () => {
  await visitSettings(async (page, form) => {
    await form.getByLabel('Shop name', { exact: true }).fill('Alpha & Sons');
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await questionOf(page).getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('heading', { name: 'Recent activity' }).waitFor();
    await page.evaluate(() => history.back());
    await form.waitFor();
    await page.evaluate(() => history.back());
    await page.getByRole('region', { name: 'Steps' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/stores/${id}`);
  });
});
