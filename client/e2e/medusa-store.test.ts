/** Buys a mug in the browser from an embedded Medusa store, whose pages need no script, and finds the order in its admin. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import { MEDUSA_ENV, MEDUSA_MISSING, PATIENCE_MS } from '@shopyard/testkit/real-stores';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { launchUnprotected, screenshot } from './support/browser.ts';
import { startServer } from './support/server.ts';

if (MEDUSA_MISSING)
  process.stderr.write(`Skipping the purchase from a Medusa store: ${MEDUSA_MISSING} is not there.\n`);

test.skipIf(!CHROMIUM || MEDUSA_MISSING !== undefined)(
  'creates a Medusa store, places an order in it, and finds the order in its admin',
  { timeout: 3 * PATIENCE_MS },
  async () => {
    await using server = await startServer(MEDUSA_ENV);
    await using browser = await launchUnprotected();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${server.url}/stores`);
    await page.getByRole('button', { name: 'Create the first store' }).click();
    await page.getByLabel('Engine', { exact: true }).selectOption('medusa');
    await page.getByLabel('Name', { exact: true }).fill('mugs');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('article', { name: 'Store mugs' });
    await panel
      .getByText('Ready', { exact: true })
      .first()
      .waitFor({ timeout: 2 * PATIENCE_MS });
    const shop = (await panel.getByRole('link', { name: 'Open shop' }).getAttribute('href')) ?? '';

    const scriptless = await browser.newContext({ viewport: { width: 380, height: 800 }, javaScriptEnabled: false });
    const order = await buy(await scriptless.newPage(), shop);

    const tab = context.waitForEvent('page');
    await panel.getByRole('button', { name: 'Medusa admin' }).click();
    const admin = await tab;
    await admin.waitForURL(`${shop}/app/**`);
    await admin.goto(`${shop}/app/orders`);
    await admin.getByText(`#${order}`).first().waitFor();
    expect(await admin.getByText('customer@example.com').count()).toBeGreaterThan(0);
    await screenshot(admin, 'medusa-admin');
  },
);

/** Buys the sample product with cash on delivery; returns the order's number. */
async function buy(page: Page, shop: string): Promise<string> {
  await page.goto(shop);
  await page.locator('.products a').first().click();
  await screenshot(page, 'medusa-product');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.goto(`${shop}/cart`);
  await page.getByRole('link', { name: 'To the checkout' }).click();
  // A missing value is reported beside its field.
  await page.getByLabel('Email').fill('customer@example.com');
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByText('Enter your first name.').waitFor();
  await screenshot(page, 'medusa-checkout');
  for (const [label, value] of [
    ['First name', 'Test'],
    ['Last name', 'Customer'],
    [/^(Street|Address)/, 'Street 1'],
    [/^Post/, '10115'],
    ['City', 'Berlin'],
  ] as const)
    await page.getByLabel(label).fill(value);
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.waitForURL(/\/orders\/order_/);
  await screenshot(page, 'medusa-order');
  return page.getByText('Your order number is').locator('strong').innerText();
}
