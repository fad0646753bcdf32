/** From page to page: where the focus is, what the breadcrumbs say, and what is left when a page fails. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { breakDetails, CRASH } from './support/crash.ts';
import { startDashboard } from './support/dashboard.ts';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0.1' } });
const ids = new Map<string, string>();

beforeAll(async () => {
  if (!CHROMIUM) return;
  for (const name of ['mugs', 'posters']) ids.set(name, await dashboard.create(name));
  await dashboard.reach(ids.get('mugs') ?? '', 'Ready');
});

const article = (page: Page, name: string) => page.getByRole('article', { name: `Store ${name}` });
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first();
const crumbs = (page: Page) => page.getByRole('navigation', { name: 'Breadcrumbs' });

/** What a screen reader says of the element that has the focus: its label, or what it shows. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    const label = document.getElementById(element?.getAttribute('aria-labelledby') ?? '');
    return `${element?.localName} ${label?.textContent ?? element?.textContent}`;
  });

test.skipIf(!CHROMIUM)('moves the focus to what names the new page, and keeps it from tab to tab', async () => {
  await dashboard.visit({ tolerate: /404/ }, async (page) => {
    const leadsTo = async (act: () => Promise<unknown>, expected: RegExp): Promise<void> => {
      await act();
      await expect.poll(() => focused(page)).toMatch(expected);
    };
    await link(page, 'mugs').waitFor();
    await leadsTo(() => link(page, 'Home').press('Enter'), /^(main|h2) Home$/);
    await page.getByRole('heading', { name: 'Recent activity' }).waitFor();
    expect(await focused(page)).toMatch(/^(main|h2) Home$/);
    await leadsTo(() => link(page, 'Stores').press('Enter'), /^main Stores$/);
    await leadsTo(() => link(page, 'mugs').press('Enter'), /^h2 mugs$/);
    await leadsTo(() => link(page, 'Logs').press('Enter'), /^a Logs$/);
    await page.getByRole('log').waitFor();
    expect(await focused(page)).toBe('a Logs');
    const jump = async (): Promise<void> => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('posters');
      await page.keyboard.press('Enter');
    };
    await leadsTo(jump, /^h2 posters$/);
    await leadsTo(() => page.goBack(), /^h2 mugs$/);
    await leadsTo(() => crumbs(page).getByRole('link').press('Enter'), /^(main Stores|a mugs)$/);
    await leadsTo(() => page.evaluate(() => void (location.hash = '#/nowhere')), /^h2 Not found$/);
  });
});

test.skipIf(!CHROMIUM)('says in the breadcrumbs where the page is, and leads back to the list as it was', async () => {
  await dashboard.visit({}, async (page) => {
    const path = (): Promise<string[]> => crumbs(page).getByRole('listitem').allInnerTexts();
    await link(page, 'Home').click();
    await expect.poll(path).toEqual(['Home']);
    await link(page, 'Stores').click();
    await page.getByLabel('Filter stores').fill('mu');
    await page.getByRole('button', { name: /^Name/ }).click();
    await expect.poll(path).toEqual(['Stores']);
    await link(page, 'mugs').press('Enter');
    await expect.poll(path).toEqual(['Stores', 'mugs']);
    await link(page, 'Revisions').click();
    await page.getByRole('list', { name: 'Revisions' }).waitFor();
    expect(await path()).toEqual(['Stores', 'mugs']);
    expect(await page.title()).toBe('mugs, Revisions · Shopyard');
    expect(await crumbs(page).locator('[aria-current=page]').innerText()).toBe('mugs');
    await crumbs(page).getByRole('link', { name: 'Stores' }).click();
    await page.getByLabel('Filter stores').waitFor();
    expect(new URL(page.url()).search).toBe('?q=mu&sort=name');
    expect(await page.getByLabel('Filter stores').inputValue()).toBe('mu');
  });
});

test.skipIf(!CHROMIUM)(
  'keeps the navigation when a page fails, says what to do, and shows it on trying again',
  async () => {
    await dashboard.visit({ tolerate: CRASH }, async (page) => {
      const restore = await breakDetails(page);
      await page.goto(`${dashboard.server.url}/stores/${ids.get('mugs')}`);
      const alert = page.getByRole('alert', { name: 'Something went wrong' });
      await alert.getByText('The rest of Shopyard still works. Try again, or go to another page.').waitFor();
      expect(await crumbs(page).innerText()).toContain('mugs');
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await alert.getByRole('button', { name: 'Copy details' }).click();
      await expect
        .poll(() => page.evaluate(() => navigator.clipboard.readText()))
        .toMatch(/\/stores\/st_\w+\nTypeError: .*\n\s+at /);
      await alert.getByRole('button', { name: 'Try again' }).click();
      await alert.waitFor();
      await link(page, 'Home').click();
      await page.getByRole('heading', { name: 'Recent activity' }).waitFor();
      expect(await alert.count()).toBe(0);
      await page.goBack();
      await alert.waitFor();
      restore();
      await alert.getByRole('button', { name: 'Try again' }).click();
      await article(page, 'mugs')
        .getByText(/^Deployment wordpress/)
        .waitFor();
    });
  },
);

test.skipIf(!CHROMIUM)('keeps the list when the store beside it fails', async () => {
  await dashboard.visit({ tolerate: CRASH }, async (page) => {
    await breakDetails(page, 'history');
    await page.goto(`${dashboard.server.url}/stores?open=${ids.get('mugs')}`);
    await page.getByRole('alert', { name: 'Something went wrong' }).waitFor();
    await link(page, 'posters').waitFor();
    await page.getByRole('button', { name: 'Close (Esc)' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('');
  });
});

test.skipIf(!CHROMIUM)('says so, rather than show nothing, when the frame around the pages fails', async () => {
  await dashboard.visit({ tolerate: CRASH }, async (page) => {
    const restore = await breakDetails(page, 'attention');
    await page.goto(`${dashboard.server.url}/stores`);
    const alert = page.getByRole('alert', { name: 'Something went wrong' });
    await alert.getByText('Try again, or reload.').waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    restore();
    await alert.getByRole('button', { name: 'Reload' }).click();
    await link(page, 'mugs').waitFor();
  });
});
