/** Suspending and resuming from a store's page, the menu of its row and a selection; the way back is always one click. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { findViolations, AXE_REPORTS } from './support/axe.ts';
import { isTooWide, launchUnprotected, screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';

const dashboard = startDashboard({ launch: launchUnprotected });
const ids = new Map<string, string>();

beforeAll(async () => {
  if (!CHROMIUM) return;
  for (const name of ['alpha', 'beta', 'gamma']) ids.set(name, await dashboard.create(name));
  for (const name of ids.keys()) await reached(name, 'Ready');
});

const reached = (name: string, phase: string): Promise<void> => dashboard.reach(ids.get(name) ?? '', phase);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const openStore = (page: Page, name: string): Promise<unknown> =>
  page.goto(`${dashboard.server.url}/stores/${ids.get(name)}`);

test.skipIf(!CHROMIUM)('a store is suspended and resumed on its page, and the toast leads back', async () => {
  await dashboard.visit({ tolerate: AXE_REPORTS }, async (page) => {
    await openStore(page, 'alpha');
    await button(page, 'Suspend').click();
    await button(page, 'Undo').click();
    await page.getByText('Resuming alpha').first().waitFor();
    await reached('alpha', 'Ready');
    await button(page, 'Suspend').click();
    await reached('alpha', 'Suspended');
    await button(page, 'Resume').waitFor();
    expect(await button(page, 'Restart').count()).toBe(0);
    await page.getByText(/^Deployment wordpress ?suspended$/).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await screenshot(page, 'suspended-light-1440');
  });
});

test.skipIf(!CHROMIUM)('sleepers have a mark and a filter of their own, and are resumed from the list', async () => {
  await dashboard.server.call('POST', `/stores/${ids.get('alpha')}/suspend`);
  await reached('alpha', 'Suspended');
  await dashboard.visit({ colorScheme: 'dark', tolerate: AXE_REPORTS }, async (page) => {
    await page.goto(`${dashboard.server.url}/stores`);
    const row = page.locator('tr[data-row]', { has: page.getByRole('link', { name: 'alpha', exact: true }) });
    await row.locator('[data-shape=asleep]').waitFor();
    await screenshot(page, 'sleepers-dark-1440');
    await page.getByRole('button', { name: /^Suspended 1/ }).click();
    await expect.poll(() => page.locator('tr[data-row]').count()).toBe(1);
    expect(await findViolations(page)).toEqual([]);
    await button(page, 'Actions for alpha').click();
    await page.getByRole('menuitem', { name: 'Resume' }).click();
    await reached('alpha', 'Ready');
  });
});

test.skipIf(!CHROMIUM)('a selection is suspended with one click, and resumed with another', async () => {
  await dashboard.visit({}, async (page) => {
    await page.goto(`${dashboard.server.url}/stores`);
    for (const name of ['beta', 'gamma']) await page.getByRole('checkbox', { name: `Select ${name}` }).click();
    await button(page, 'Suspend 2').click();
    await page.getByText('Suspending 2 stores').first().waitFor();
    for (const name of ['beta', 'gamma']) await reached(name, 'Suspended');
    await button(page, 'Resume 2').click();
    for (const name of ['beta', 'gamma']) await reached(name, 'Ready');
    expect((await dashboard.server.call('GET', `/stores/${ids.get('beta')}`)).body).toMatchObject({ generation: 1 });
  });
});

test.skipIf(!CHROMIUM)('fits a phone', async () => {
  await dashboard.server.call('POST', `/stores/${ids.get('alpha')}/suspend`);
  await reached('alpha', 'Suspended');
  await dashboard.visit({ width: 380 }, async (page) => {
    await openStore(page, 'alpha');
    await button(page, 'Resume').waitFor();
    expect(await isTooWide(page)).toBe(false);
    await screenshot(page, 'suspended-light-380');
  });
});
