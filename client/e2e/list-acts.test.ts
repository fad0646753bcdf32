/** Acting on stores in the list: menus, selections, and the toasts that say what came of it. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0.1' } });
const BROKEN = { wordpress: { image: { tag: 'no-such-tag' } } };

const toast = (page: Page, text: string | RegExp): Locator =>
  page
    .getByRole('region', { name: /^Notifications/ })
    .getByRole('listitem')
    .filter({ hasText: text });

/** For manual review, once the toast has moved in. */
async function screenshotOf(shown: Locator, name: string): Promise<void> {
  await shown.evaluate((element) => Promise.all(element.getAnimations().map(({ finished }) => finished)));
  await screenshot(shown.page(), name);
}

test.skipIf(!CHROMIUM)('says once that a created store is ready, and leads to it', async () => {
  await dashboard.visit({}, async (page) => {
    await page.getByRole('button', { name: 'Create the first store' }).click();
    await page.keyboard.type('Tea House');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Store tea-house' }).waitFor();
    await page.getByRole('link', { name: 'Stores', exact: true }).first().click();
    const ready = toast(page, 'tea-house is ready');
    await ready.waitFor({ timeout: 40_000 });
    await screenshotOf(ready, 'toast-ready-light-1440');
    expect(await ready.count()).toBe(1);
    await ready.getByRole('link', { name: 'tea-house' }).click();
    await page.getByRole('article', { name: 'Store tea-house' }).getByText('Creation completed').waitFor();
  });
});

test.skipIf(!CHROMIUM)('says that a store retried by its row menu needs attention again, and why', async () => {
  await dashboard.reach(await dashboard.create('broken', BROKEN), 'Failed');
  await dashboard.visit({ colorScheme: 'dark' }, async (page) => {
    await page.getByRole('button', { name: 'Actions for broken' }).click();
    await page.getByRole('menuitem', { name: 'Retry' }).click();
    await toast(page, 'Retrying broken').waitFor();
    const again = toast(page, 'broken needs attention');
    await again.getByText(/no-such-tag/).waitFor({ timeout: 40_000 });
    await screenshotOf(again, 'toast-attention-dark-1440');
    await again.getByRole('link', { name: 'broken' }).click();
    await page.getByRole('link', { name: 'Fix image…' }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/stores\/st_/);
  });
});

test.skipIf(!CHROMIUM)('offers in the menu of a row what its store allows, by keys too', async () => {
  await dashboard.visit({}, async (page) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const trigger = page.getByRole('button', { name: 'Actions for broken' });
    await trigger.press('Enter');
    const items = page.getByRole('menu', { name: 'Actions for broken' }).getByRole('menuitem');
    await expect
      .poll(() => items.allInnerTexts())
      .toEqual([
        'Retry',
        'Suspend',
        'Activity',
        'Logs',
        'Settings',
        'Revisions',
        'Copy URL',
        'Copy namespace',
        'Copy ID',
        'Delete…',
      ]);
    const isOpen = (): Promise<boolean> => items.first().evaluate((item) => item === document.activeElement);
    await expect.poll(isOpen).toBe(true);
    for (let times = 0; times < 6; times++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^http:\/\/broken\.localhost/);
    await trigger.press('Enter');
    await expect.poll(isOpen).toBe(true);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Delete broken?' }).waitFor();
    await page.keyboard.press('Escape');
    await trigger.click();
    await items.filter({ hasText: 'Logs' }).click();
    await page.getByRole('article', { name: 'Store broken' }).waitFor();
    expect(page.url()).toContain('/logs');
  });
});

test.skipIf(!CHROMIUM)('offers in the command palette what the menu of a store offers, and does it', async () => {
  await dashboard.visit({}, async (page) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const choose = async (words: string): Promise<void> => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.keyboard.type(words);
      await page.keyboard.press('Enter');
    };
    await page.getByRole('button', { name: 'Actions for broken' }).click();
    const offered = await page.getByRole('menu').getByRole('menuitem').allInnerTexts();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('broken');
    const found = page.getByRole('group', { name: 'Actions on stores' }).getByRole('option');
    await expect.poll(() => found.allInnerTexts()).toEqual(offered.map((label) => `broken: ${label}`));
    await screenshot(page, 'palette-acts-light-1440');
    await page.keyboard.press('Escape');

    await choose('broken namespace');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^store-/);
    await choose('broken suspend');
    await toast(page, 'Suspending broken').waitFor();
    await choose('broken settings');
    await page.getByRole('form', { name: 'Settings' }).waitFor();
    // The store that is open needs no name.
    await choose('delete');
    await page.getByRole('heading', { name: 'Delete broken?' }).waitFor();
    await page.keyboard.press('Escape');
    await choose('resume');
    await toast(page, 'Resuming broken').waitFor();
  });
});

test.skipIf(!CHROMIUM)('selects all that are Ready, and no others', async () => {
  await dashboard.visit({}, async (page) => {
    await page
      .getByRole('row', { name: /tea-house/ })
      .getByText('Ready')
      .waitFor();
    await page.getByLabel('Select broken').click();
    await page.getByRole('button', { name: 'Select all Ready' }).click();
    await expect.poll(() => page.locator('tr[data-selected="true"] th').allInnerTexts()).toEqual(['tea-house']);
  });
});

test.skipIf(!CHROMIUM)('says of a bulk action how many succeeded, which one was refused, and why', async () => {
  const ids = await Promise.all(['bulk-a', 'bulk-b', 'bulk-c'].map((name) => dashboard.create(name, BROKEN)));
  await dashboard.visit({ tolerate: /404/ }, async (page) => {
    for (const name of ['bulk-a', 'bulk-b', 'bulk-c']) await page.getByLabel(`Select ${name}`).click();
    await page.getByRole('button', { name: 'Delete 3' }).click();
    const dialog = page.getByRole('dialog');
    // Somebody else is faster.
    await dashboard.server.call('DELETE', `/stores/${ids[1]}`);
    await expect
      .poll(async () => (await dashboard.server.call('GET', `/stores/${ids[1]}`)).status, { timeout: 40_000 })
      .toBe(404);
    await dialog.getByRole('textbox').fill('delete 3 stores');
    await dialog.getByRole('button', { name: 'Delete 3 stores' }).click();
    await toast(page, 'Deleting 2 of 3 stores, 1 refused')
      .getByText(/bulk-b: .*(not found|no store)/)
      .waitFor();
    await screenshot(page, 'toast-refused-light-1440');
    await page
      .getByRole('alert')
      .getByText(/bulk-b:/)
      .waitFor();
    for (const name of ['bulk-a', 'bulk-c'])
      await expect.poll(() => page.getByRole('link', { name, exact: true }).count(), { timeout: 40_000 }).toBe(0);
  });
});
