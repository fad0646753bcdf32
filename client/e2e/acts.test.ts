/** What a store's page does to it: signs in to its admin, reveals the password, restarts. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { launchUnprotected, screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';
import { type Visit } from './support/visit.ts';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0.1' }, launch: launchUnprotected });
let id: string;

beforeAll(async () => {
  if (!CHROMIUM) return;
  const created = await dashboard.server.call('POST', '/stores', { name: 'alpha' });
  id = String(created.body['id']);
});

async function visitStore(options: Visit, use: (page: Page, panel: Locator) => Promise<void>): Promise<void> {
  await dashboard.visit(options, async (page) => {
    await page.getByRole('link', { name: 'alpha', exact: true }).press('Enter');
    const panel = page.getByRole('article', { name: 'Store alpha' });
    await panel.getByRole('button', { name: 'WP admin' }).waitFor({ timeout: 40_000 });
    await use(page, panel);
  });
}

/** Of the calls by people, the latest. */
async function lastCall(): Promise<unknown> {
  const { body } = await dashboard.server.call('GET', `/stores/${id}/timeline`);
  const entries = body['timeline'] as { kind: string; what: string; message: string }[];
  const { what, message } = entries.findLast(({ kind }) => kind === 'call') ?? {};
  return `${what} ${message}`.trim();
}

test.skipIf(!CHROMIUM)('WP admin leads into the admin with one click, in a tab of its own', async () => {
  await visitStore({}, async (page, panel) => {
    const tab = page.context().waitForEvent('page');
    await panel.getByRole('button', { name: 'WP admin' }).click();
    const admin = await tab;
    await admin.getByRole('heading', { name: 'Dashboard' }).waitFor();
    expect(new URL(admin.url()).pathname).toBe('/wp-admin/');
    expect(await admin.evaluate(() => window.opener)).toBeNull();
    expect(await lastCall()).toBe('login-link');
    await panel.getByText('local requested a sign-in link to the admin').first().waitFor();
  });
});

test.skipIf(!CHROMIUM)('says so when the browser blocks the tab, and asks for no link', async () => {
  await visitStore({}, async (page, panel) => {
    const before = await lastCall();
    await page.evaluate(() => Object.assign(window, { open: () => null }));
    await panel.getByRole('button', { name: 'WP admin' }).click();
    await panel.getByRole('alert').getByText('The browser blocked the new tab.').waitFor();
    expect(await lastCall()).toBe(before);
  });
});

test.skipIf(!CHROMIUM)('copies what people paste about a store elsewhere', async () => {
  await visitStore({}, async (page, panel) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const expected: [item: string, copied: RegExp | string][] = [
      ['Copy as kubectl', /^kubectl -n store-\w+ get all,pvc,events$/],
      ['Copy as curl', `curl ${new URL(page.url()).origin}/stores/${id}`],
      ['Copy namespace', /^store-\w+$/],
      ['Copy ID', id],
      ['Copy link to this page', page.url()],
    ];
    for (const [item, copied] of expected) {
      await panel.getByRole('button', { name: 'Copy…' }).click();
      await page.getByRole('menuitem', { name: item }).click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText()), { message: item }).toMatch(copied);
    }
  });
});

test.skipIf(!CHROMIUM)('hides the password after half a minute, and copies it', async () => {
  await visitStore({ colorScheme: 'dark' }, async (page, panel) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.clock.install();
    await panel.getByRole('button', { name: 'Show password' }).click();
    const password = panel.getByText(/^[A-Za-z0-9]{24}$/);
    await password.waitFor();
    await screenshot(page, 'password-dark-1440');
    await panel.getByRole('button', { name: 'Copy password' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(await password.innerText());
    await page.clock.runFor(29_000);
    expect(await password.count()).toBe(1);
    await page.clock.runFor(2000);
    await panel.getByRole('button', { name: 'Show password' }).waitFor();
    expect(await password.count()).toBe(0);
  });
});

test.skipIf(!CHROMIUM)('restarts the shop with one click, and its database after a question', async () => {
  await visitStore({}, async (page, panel) => {
    const ready = (): Promise<void> => panel.getByText('Ready', { exact: true }).first().waitFor({ timeout: 30_000 });
    await panel.getByRole('button', { name: 'Restart', exact: true }).click();
    await panel.getByText('New pods replace the running ones, as requested: WordPress.').first().waitFor();
    await screenshot(page, 'restarting-light-1440');
    await ready();
    expect(await lastCall()).toBe('restart WordPress');

    const ask = async (): Promise<Locator> => {
      await panel.getByRole('button', { name: 'Restart another part' }).click();
      await page.getByRole('menuitem', { name: 'Restart database…' }).click();
      return page.getByRole('dialog');
    };
    const dialog = await ask();
    await screenshot(page, 'restart-database-light-1440');
    await dialog.getByRole('button', { name: 'Keep it running' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await lastCall()).toBe('restart WordPress');
    await (await ask()).getByRole('button', { name: 'Restart database' }).click();
    await panel.getByText('New pods replace the running ones, as requested: database.').first().waitFor();
    await ready();
    expect(await lastCall()).toBe('restart database');
  });
});
