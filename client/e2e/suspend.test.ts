/** Suspending and resuming from a store's page, the menu of its row and a selection; the way back is always one click. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { findViolations, AXE_REPORTS } from './support/axe.ts';
import { isTooWide, launchUnprotected, screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0.1' }, launch: launchUnprotected });
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
  await dashboard.visit({ begin: 'nowhere', tolerate: AXE_REPORTS }, async (page) => {
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

test.skipIf(!CHROMIUM)('a suspension shows its steps: first the shop stops, then its database', async () => {
  const pods = '/api/v1/namespaces/store-beta/pods';
  const hold = async (component: string, finalizers: string[] | null): Promise<void> => {
    const [name] = await dashboard.server.names(
      `${pods}?labelSelector=${encodeURIComponent(`app.kubernetes.io/component=${component}`)}`,
    );
    expect(await dashboard.server.cluster('PATCH', `${pods}/${name}`, { metadata: { finalizers } })).toBe(200);
  };
  for (const component of ['wordpress', 'mariadb']) await hold(component, ['example.com/hold']);
  await dashboard.visit({ begin: 'nowhere', tolerate: AXE_REPORTS }, async (page) => {
    await openStore(page, 'beta');
    await button(page, 'Suspend').click();
    const steps = page.getByRole('region', { name: 'Steps' });
    await steps.getByText('Suspension in progress.').waitFor();
    const rows = (): Promise<string[]> =>
      steps.getByRole('listitem').evaluateAll((all) => all.map((one) => one.textContent?.replace(/^\W/, '') ?? ''));
    await expect.poll(rows).toEqual(['Shop stoppedin progress', 'Database stoppedwaiting']);
    expect(await findViolations(page)).toEqual([]);
    await screenshot(page, 'suspending-light-1440');
    await hold('wordpress', null);
    await expect.poll(rows).toEqual(['Shop stoppeddone', 'Database stoppedin progress']);
    await hold('mariadb', null);
    await reached('beta', 'Suspended');
    await button(page, 'Resume').click();
    await steps.getByText(/^Resume completed in /).waitFor({ timeout: 30_000 });
  });
});

test.skipIf(!CHROMIUM)('whoever wants to says why a store is suspended, and the activity says it', async () => {
  await dashboard.visit({ begin: 'nowhere', tolerate: AXE_REPORTS }, async (page) => {
    await openStore(page, 'gamma');
    await button(page, 'Suspend in another way').click();
    await page.getByRole('menuitem', { name: 'Suspend with a reason…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Suspend gamma?' });
    expect(await dialog.getByLabel('Reason (optional)').getAttribute('maxlength')).toBe('500');
    await dialog.getByLabel('Reason (optional)').fill(' stocktaking ');
    expect(await findViolations(page)).toEqual([]);
    await screenshot(page, 'suspend-reason-light-1440');
    await page.keyboard.press('Enter');
    await page.getByText('Suspending gamma').first().waitFor();
    await reached('gamma', 'Suspended');
    await page.goto(`${dashboard.server.url}/stores/${ids.get('gamma')}/activity`);
    await page.getByText('reason: stocktaking', { exact: true }).waitFor();
    await openStore(page, 'gamma');
    await button(page, 'Resume').click();
    await reached('gamma', 'Ready');
  });
});

test.skipIf(!CHROMIUM)(
  'a change of a suspended store waits for the resume, and is taken back with one click',
  async () => {
    const path = `/stores/${ids.get('alpha')}`;
    await dashboard.server.call('POST', `${path}/suspend`);
    await reached('alpha', 'Suspended');
    await dashboard.visit({ begin: 'nowhere', tolerate: AXE_REPORTS }, async (page) => {
      await openStore(page, 'alpha');
      await page.goto(`${dashboard.server.url}${path}/settings`);
      await page.getByLabel('Shop name').fill('Tea House');
      await button(page, 'Review').click();
      const review = page.getByRole('form', { name: 'Review' });
      await review.getByText('The store is suspended, so the change waits until it resumes.').waitFor();
      await review.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Changes to alpha wait until the store resumes').waitFor();
      await page.goto(`${dashboard.server.url}/stores`);
      await page.getByText('Change waiting until the store resumes').waitFor();
      await openStore(page, 'alpha');
      await page.getByText('The change that local asked for waits until the store resumes.').waitFor();
      expect(await button(page, 'Apply now…').count()).toBe(0);
      await screenshot(page, 'suspended-change-light-1440');
      await button(page, 'Cancel change').click();
      await page.getByText('Cancelled the change to alpha').waitFor();
      await expect.poll(() => button(page, 'Cancel change').count()).toBe(0);
      await button(page, 'Resume').click();
      await reached('alpha', 'Ready');
      expect((await dashboard.server.call('GET', path)).body).toMatchObject({ generation: 1 });
    });
  },
);

test.skipIf(!CHROMIUM)('sleepers have a mark and a filter of their own, and are resumed from the list', async () => {
  await dashboard.server.call('POST', `/stores/${ids.get('alpha')}/suspend`);
  await reached('alpha', 'Suspended');
  await dashboard.visit({ colorScheme: 'dark', tolerate: AXE_REPORTS }, async (page) => {
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
  await dashboard.visit({ begin: 'nowhere', width: 380 }, async (page) => {
    await openStore(page, 'alpha');
    await button(page, 'Resume').waitFor();
    expect(await isTooWide(page)).toBe(false);
    await screenshot(page, 'suspended-light-380');
  });
});
