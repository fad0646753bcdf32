/** How the dashboard presents access: a red banner without authentication, and a sign-in page behind a proxy. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { AXE_REPORTS } from './support/axe.ts';
import { isTooWide, screenshot } from './support/browser.ts';
import { findFaults } from './support/looks.ts';
import { startServer } from './support/server.ts';
import { SECRET, startSignInProxy } from './support/sign-in-proxy.ts';
import { LOOKS, visitPage } from './support/visit.ts';

let browser: Browser;
beforeAll(async () => {
  if (CHROMIUM) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

test.skipIf(!CHROMIUM)('shows red banners on every page for what the operator allowed against our advice', async () => {
  const server = await startServer({
    SHOPYARD_HOST: '0.0.0.0',
    SHOPYARD_INSECURE_NO_AUTH: '1',
    SHOPYARD_SAME_SITE_STORES: '1',
    SHOPYARD_STORE_DOMAIN: 'shops.example.com',
    SHOPYARD_URL: 'https://shopyard.example.com',
    SHOPYARD_SIMULATOR_SPEED: '0',
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const { body } = await server.call('POST', '/stores', { name: 'mugs' });
  for (const look of LOOKS)
    await visitPage({ browser, url: server.url }, { begin: 'nowhere', ...look }, async (page) => {
      for (const hash of ['#/', '#/overview', `#/stores/${String(body['id'])}`]) {
        await page.goto(`${server.url}/${hash}`);
        await page.getByText('Anyone who can reach this address is an administrator.').waitFor();
        await page.getByText('Stores share example.com with this dashboard.').waitFor();
      }
      await screenshot(page, `insecure-${look.colorScheme}-${look.width}`);
      // Nothing but notices, of which there are none, is between the bar and the page.
      const gap = await page.evaluate(() => {
        const bottom = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0;
        return (document.querySelector('main')?.getBoundingClientRect().top ?? 1000) - bottom;
      });
      expect(gap).toBeLessThan(20);
      const isWide = await isTooWide(page);
      expect(isWide).toBe(false);
    });
  await visitPage({ browser, url: server.url }, { tolerate: AXE_REPORTS }, async (page) => {
    await page.getByText('Anyone who can reach this address is an administrator.').waitFor();
    expect(await findFaults(page)).toEqual([]);
  });
});

test.skipIf(!CHROMIUM)('shows an unauthenticated visitor where to sign in, and no data', async () => {
  const server = await startServer({
    SHOPYARD_AUTH: 'proxy',
    SHOPYARD_AUTH_SECRET: SECRET,
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
  await visitPage({ browser, url: server.url }, { tolerate: /401|Content Security Policy/ }, async (page) => {
    await page.getByRole('heading', { name: 'Sign in to Shopyard' }).waitFor();
    expect(await findFaults(page)).toEqual([]);
  });
});

test.skipIf(!CHROMIUM)('shows no banner and asks for no sign-in on loopback', async () => {
  const server = await startServer();
  onTestFinished(() => server[Symbol.asyncDispose]());
  await visitPage({ browser, url: server.url }, { tolerate: AXE_REPORTS }, async (page) => {
    await page.getByText(/^Live$/).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByText('No stores yet').waitFor();
    expect(await findFaults(page)).toEqual([]);
  });
});

test.skipIf(!CHROMIUM)('keeps what was typed when the sign-in ends, and shows it after the next one', async () => {
  const server = await startServer({
    SHOPYARD_AUTH: 'proxy',
    SHOPYARD_AUTH_SECRET: SECRET,
    SHOPYARD_SIMULATOR_SPEED: '0',
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const proxy = await startSignInProxy(server.url);
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const created = await fetch(`${proxy.url}/stores`, { method: 'POST', body: '{"name":"mugs"}' });
  const { id } = (await created.json()) as { id: string };
  const cover = (page: Page) => page.getByRole('dialog', { name: 'Sign in to Shopyard again' });
  const endSignIn = async (page: Page): Promise<void> => {
    proxy.signOut();
    await cover(page).getByText('What you typed is kept.').waitFor();
    await cover(page).getByRole('button', { name: 'Continue' }).click();
    await cover(page).getByText("You aren't signed in yet").waitFor();
    proxy.signIn();
    await cover(page).getByRole('button', { name: 'Continue' }).click();
    await cover(page).waitFor({ state: 'detached' });
  };
  await visitPage({ browser, url: proxy.url }, { begin: 'nowhere', tolerate: /401|WebSocket/ }, async (page) => {
    await page.goto(`${proxy.url}/stores/${id}/settings`);
    const title = page.getByRole('form', { name: 'Settings' }).getByLabel('Shop name', { exact: true });
    await title.fill('Mugs & Sons');
    await page.getByLabel('Suspend at').fill('0 20 * * *');
    await endSignIn(page);
    expect([await title.inputValue(), await page.getByLabel('Suspend at').inputValue()]).toEqual([
      'Mugs & Sons',
      '0 20 * * *',
    ]);
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Apply', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();

    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'New store' });
    await dialog.getByLabel('Shop name').fill('Tea & Sons');
    await endSignIn(page);
    expect(await dialog.getByLabel('Shop name').inputValue()).toBe('Tea & Sons');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Store tea-sons' }).waitFor();
  });
});
