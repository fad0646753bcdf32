/** Buys a mug in the browser from an embedded store: its pages, cart and block checkout, with their JavaScript. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import { copiedStoresEnv, MISSING, PATIENCE_MS } from '@shopyard/testkit/real-stores';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { screenshot } from './support/browser.ts';
import { startServer, type TestServer } from './support/server.ts';

if (MISSING) process.stderr.write(`Skipping the purchase in the browser: ${MISSING} does not exist.\n`);
const SKIP = !CHROMIUM || MISSING !== undefined;

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  if (SKIP) return;
  server = await startServer(copiedStoresEnv);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

test.skipIf(SKIP)(
  'creates a store, places an order in it, finds the order in wp-admin and its mail in the dashboard',
  async () => {
    // The store is in the browser's country, where the order goes.
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${server.url}/stores`);
    await page.getByText('Stores here are WordPress and WooCommerce').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Create the first store' }).click();
    await page.getByLabel('Name', { exact: true }).fill('alpha');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('article', { name: 'Store alpha' });
    await panel.getByText('Ready', { exact: true }).first().waitFor({ timeout: PATIENCE_MS });
    await screenshot(page, 'embedded-ready');
    const shop = (await panel.getByRole('link', { name: 'Open shop' }).getAttribute('href')) ?? '';

    const order = await buy(await context.newPage(), shop);
    // One click: the new tab is signed in, and its address holds no token.
    const tab = context.waitForEvent('page');
    await panel.getByRole('button', { name: 'WP admin' }).click();
    const admin = await tab;
    await admin.waitForURL(`${shop}/wp-admin/`);
    await admin.getByRole('heading', { name: 'Dashboard' }).waitFor();
    expect(await admin.evaluate(() => [history.length, window.opener === null])).toEqual([1, true]);
    await admin.goto(`${shop}/wp-admin/admin.php?page=wc-orders`);
    expect(await admin.getByText(`#${order} Test Customer`).first().innerText()).toContain(order);
    await screenshot(admin, 'embedded-admin');

    await panel.getByRole('link', { name: 'Mail' }).click();
    await panel
      .getByRole('button', { name: /order.*To customer@example\.com/i })
      .first()
      .click();
    await page.frameLocator('iframe').getByText('Sample Mug').first().waitFor();
    await screenshot(page, 'embedded-mail');
    await context.close();
  },
  2 * PATIENCE_MS,
);

/** Buys the sample mug; returns the order number. */
async function buy(page: Page, shop: string): Promise<string> {
  page.setDefaultTimeout(60_000);
  await page.goto(`${shop}/product/sample-mug/`);
  await page.getByRole('button', { name: 'Add to cart' }).first().click();
  await page
    .getByText(/has been added to your cart|in cart/i)
    .first()
    .waitFor();
  await page.goto(`${shop}/checkout/`);
  await page.getByLabel('Email address').fill('customer@example.com');
  // The checkout submits the address shortly after it is complete; an order placed earlier may be rejected.
  const addressSaved = page.waitForResponse((response) => {
    const request = `${response.url()} ${response.request().postData() ?? ''}`;
    return request.includes('update-customer') && request.includes('10115');
  });
  const address = page.locator('#shipping, #billing').first();
  await address.getByLabel('First name').fill('Test');
  await address.getByLabel('Last name').fill('Customer');
  await address.getByLabel('Address', { exact: true }).fill('Street 1');
  await address.getByLabel('City').fill('Berlin');
  await address.getByLabel(/^(Postal code|Postcode)/).fill('10115');
  await addressSaved;
  await page.getByText('Cash on delivery').first().waitFor();
  await screenshot(page, 'embedded-checkout');
  await page.getByRole('button', { name: /Place order/i }).click();
  await page.waitForURL(/order-received\/\d+/);
  await page
    .getByText(/order has been received/i)
    .first()
    .waitFor();
  await screenshot(page, 'embedded-order');
  return /order-received\/(\d+)/.exec(page.url())?.[1] ?? '';
}
