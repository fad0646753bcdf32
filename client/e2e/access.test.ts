/** How the dashboard presents access: a red banner without authentication, and a sign-in page behind a proxy. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { isTooWide, screenshot } from './support/browser.ts';
import { startServer } from './support/server.ts';
import { LOOKS, visitPage } from './support/visit.ts';

let browser: Browser;
beforeAll(async () => {
  if (CHROMIUM) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

test.skipIf(!CHROMIUM)('shows a red banner on every page with SHOPYARD_INSECURE_NO_AUTH=1', async () => {
  const server = await startServer({
    SHOPYARD_HOST: '0.0.0.0',
    SHOPYARD_INSECURE_NO_AUTH: '1',
    SHOPYARD_SIMULATOR_SPEED: '0',
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const { body } = await server.call('POST', '/stores', { name: 'mugs' });
  for (const look of LOOKS)
    await visitPage({ browser, url: server.url }, look, async (page) => {
      for (const hash of ['#/', '#/overview', `#/stores/${String(body['id'])}`]) {
        await page.goto(`${server.url}/${hash}`);
        await page.getByText('Anyone who can reach this address is an administrator.').waitFor();
      }
      await screenshot(page, `insecure-${look.colorScheme}-${look.width}`);
      const isWide = await isTooWide(page);
      expect(isWide).toBe(false);
    });
});

test.skipIf(!CHROMIUM)('shows an unauthenticated visitor where to sign in, and no data', async () => {
  const server = await startServer({
    SHOPYARD_AUTH: 'proxy',
    SHOPYARD_AUTH_SECRET: 's'.repeat(40),
    SHOPYARD_URL: 'https://shopyard.example.com',
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  for (const look of LOOKS)
    await visitPage({ browser, url: server.url }, { ...look, tolerate: /401/ }, async (page) => {
      await page.getByRole('heading', { name: 'Sign in to Shopyard' }).waitFor();
      await page.getByText('Sign in through https://shopyard.example.com.').waitFor();
      expect(await page.getByRole('navigation').count()).toBe(0);
      await screenshot(page, `sign-in-${look.colorScheme}-${look.width}`);
    });
});

test.skipIf(!CHROMIUM)('shows no banner and asks for no sign-in on loopback', async () => {
  const server = await startServer();
  onTestFinished(() => server[Symbol.asyncDispose]());
  await visitPage({ browser, url: server.url }, {}, async (page) => {
    await page.getByText(/^Live$/).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
