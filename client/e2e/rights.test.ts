/** What the dashboard offers to people of different roles. The server refuses none of what they are led to. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, type Office, startOffice } from './support/accounts.ts';
import { screenshot } from './support/browser.ts';

let browser: Browser;
let office: Office;
let mugs: string;
let posters: string;

beforeAll(async () => {
  if (!CHROMIUM) return;
  office = await startOffice();
  browser = await launchBrowser();
  await office.call('POST', '/teams', { id: 'shops', limits: { stores: 20 } });
  await office.join('vera', 'viewer');
  await office.join('otto', 'operator');
  await office.join('olga', 'viewer');
  await office.call('POST', '/teams/shops/members', { name: 'olga', role: 'owner' });
  [mugs, posters] = await Promise.all([office.open('mugs'), office.open('posters', 'shops')]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await office?.[Symbol.asyncDispose]();
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const toast = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });
const labels = (page: Page, menu: string) => page.getByRole('menu', { name: menu }).locator('button').allInnerTexts();
const header = (page: Page) => page.getByRole('article').locator('header').first();
const tabs = (page: Page) =>
  page
    .getByRole('navigation', { name: /^Tabs of/ })
    .getByRole('link')
    .allInnerTexts();

describe.runIf(CHROMIUM)('the dashboard', () => {
  test('lets a viewer look at stores, and says whom to ask for the rest', async () => {
    await office.visit({ browser, name: 'vera' }, async (page) => {
      const row = page.getByRole('link', { name: 'mugs', exact: true });
      await row.waitFor();
      expect(await page.getByRole('link', { name: 'posters', exact: true }).count()).toBe(0);
      expect(await button(page, 'New store').count()).toBe(0);
      await page.keyboard.press('n');
      await toast(page, "You can't create stores. This needs the role operator in a team.").waitFor();
      await row.focus();
      await page.keyboard.press('Delete');
      await toast(page, 'This needs the role owner in the team default. Yours is viewer.').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
      await button(page, 'Actions for mugs').click();
      expect(await labels(page, 'Actions for mugs')).toEqual([
        'Open shop',
        'Activity',
        'Settings',
        'Revisions',
        'Copy URL',
        'Copy namespace',
        'Copy ID',
      ]);
      await page.keyboard.press('Escape');
      await page.getByLabel('Select mugs').click();
      const bulk = page.getByRole('region', { name: 'Selected stores' });
      expect(await bulk.getByRole('button').allInnerTexts()).toEqual(['Copy names', 'Clear']);

      await page.goto(`${office.url}/stores/${mugs}`);
      await page.getByText('Deployment wordpress').waitFor();
      expect(await header(page).getByRole('button').count()).toBe(2); // Copy URL, Copy…
      await header(page).getByText('View only: your role in the team default is viewer.').waitFor();
      expect(await tabs(page)).toEqual(['Overview', 'Activity', 'Settings', 'Revisions']);
      expect(await page.getByRole('region', { name: 'Topology' }).getByRole('link').count()).toBe(0);
      await screenshot(page, 'viewer-store');

      await page.getByRole('link', { name: 'Activity', exact: true }).click();
      await page.getByText('Operators and owners of the team also see events').waitFor();
      await page.getByRole('link', { name: 'Revisions', exact: true }).click();
      await page.getByText('Generation 1').waitFor();
      expect(await page.getByText('Values and manifest').count()).toBe(0);
      await page.getByRole('link', { name: 'Settings', exact: true }).click();
      expect(await page.getByLabel('Shop name', { exact: true }).isDisabled()).toBe(true);
      await page.getByText('This needs the role operator in the team default. Yours is viewer.').waitFor();
      expect(await button(page, 'Review').count()).toBe(0);
      expect(await page.getByLabel('Suspend at').count()).toBe(0);
      await screenshot(page, 'viewer-settings');
      await page.goto(`${office.url}/stores/${mugs}/logs`);
      await page.getByText('This page may show secrets of the store.').waitFor();
    });
  });

  test('lets an operator change a store as its shop needs it, and not delete it', async () => {
    await office.visit({ browser, name: 'otto', path: `/stores/${mugs}/settings` }, async (page) => {
      await page.getByLabel('Shop name', { exact: true }).waitFor();
      expect(await page.getByLabel('Shop name', { exact: true }).isDisabled()).toBe(false);
      expect(await page.getByLabel('Then').locator('option[value=delete]').isDisabled()).toBe(true);
      expect(await page.getByText('Only administrators may change these.').count()).toBeGreaterThan(0);
      await screenshot(page, 'operator-settings');
      expect(await tabs(page)).toContain('Logs');
      for (const name of ['Restart', 'Suspend', 'Show password']) expect(await button(page, name).count()).toBe(1);
      expect(await button(page, 'Delete…').count()).toBe(0);
      await page.getByRole('link', { name: 'Logs', exact: true }).click();
      await page.getByRole('log').waitFor();
      await page.keyboard.press('Control+k');
      await page.keyboard.type('mugs ');
      await page.getByRole('option', { name: 'mugs: Restart' }).waitFor();
      expect(await page.getByRole('option', { name: 'mugs: Delete…' }).count()).toBe(0);
    });
  });

  test("lets the owner of one team delete that team's stores, and not those of a team they only look at", async () => {
    await office.visit({ browser, name: 'olga' }, async (page) => {
      await page.getByLabel('Select mugs').click();
      await page.getByLabel('Select posters').click();
      await button(page, 'Delete 1').click();
      await page.getByRole('heading', { name: 'Delete posters?' }).waitFor();
      await page.keyboard.press('Escape');
      await button(page, 'New store').click();
      // The only team in which she may create one.
      expect(await page.getByRole('dialog').getByLabel('Team').count()).toBe(0);
      await page.keyboard.press('Escape');
      await page.goto(`${office.url}/stores/${posters}`);
      await header(page).getByText('team shops').waitFor();
      expect(await button(page, 'Delete…').count()).toBe(1);
      await page.goto(`${office.url}/stores/${mugs}`);
      await header(page).getByText('View only').waitFor();
      expect(await button(page, 'Delete…').count()).toBe(0);
    });
  });

  test('asks an administrator whose a new store is, and shows how many the team has', async () => {
    await office.visit({ browser, name: ADMIN }, async (page) => {
      await button(page, 'New store').click();
      const dialog = page.getByRole('dialog', { name: 'New store' });
      await dialog.getByLabel('Team').selectOption('shops');
      await dialog.getByText('It has 1 of 20 stores.').waitFor();
      await screenshot(page, 'create-team');
      await dialog.getByLabel('Shop name').fill('Tea');
      await page.keyboard.press('Enter');
      await header(page).getByText('team shops').waitFor();
      const { teams } = (await office.call('GET', '/teams')) as { teams: object[] };
      expect(teams).toMatchObject([{ id: 'default' }, { id: 'shops', used: { stores: 2 } }]);
    });
  });

  test('offers at once what a new role allows', async () => {
    await office.visit({ browser, name: 'vera', path: `/stores/${mugs}`, tolerate: /WebSocket/ }, async (page) => {
      await header(page).getByText('View only').waitFor();
      await office.call('POST', '/teams/default/members', { name: 'vera', role: 'owner' });
      await button(page, 'Delete…').waitFor();
      expect(await header(page).getByText('View only').count()).toBe(0);
    });
  });
});
