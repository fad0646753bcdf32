/** The pages of accounts: profile, tokens, teams, users and the activity of all. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, type Office, PASSWORD, startOffice } from './support/accounts.ts';
import { AXE_REPORTS } from './support/axe.ts';
import { screenshot } from './support/browser.ts';
import { findFaults } from './support/looks.ts';
import { LOOKS } from './support/visit.ts';

let browser: Browser;
let office: Office;

beforeAll(async () => {
  if (!CHROMIUM) return;
  office = await startOffice();
  browser = await launchBrowser();
  await office.call('POST', '/teams', { id: 'shops', limits: { stores: 20, storageGiB: 5 } });
  await office.join('olga', 'viewer');
  await office.join('otto', 'operator');
  await office.call('POST', '/teams/shops/members', { name: 'olga', role: 'owner' });
  await office.open('mugs', 'shops');
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await office?.[Symbol.asyncDispose]();
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const toast = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });
const row = (page: Page, table: string, text: string) =>
  page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: text });
/** As a program does. */
const statusWith = async (token: string, path: string, method = 'GET'): Promise<number> =>
  (await fetch(office.url + path, { method, headers: { Authorization: `Bearer ${token}` } })).status;

describe.runIf(CHROMIUM)('the pages of accounts', () => {
  test("the profile shows one's roles and sessions, ends others, and changes the password", async () => {
    const elsewhere = await fetch(`${office.url}/session`, {
      method: 'POST',
      headers: { 'User-Agent': 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0' },
      body: JSON.stringify({ name: 'olga', password: PASSWORD }),
    });
    const cookie = (elsewhere.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const tolerate = /400/;
    await office.visit({ browser, name: 'olga', tolerate }, async (page) => {
      await button(page, 'Signed in as olga').click();
      await page.getByRole('menuitem', { name: 'Profile' }).click();
      await page.getByRole('heading', { name: 'olga' }).waitFor();
      await row(page, 'Your role in each team', 'shops').getByText('owner', { exact: true }).waitFor();
      const mine = row(page, 'Where you are signed in', 'This browser');
      expect(await mine.getByRole('button').count()).toBe(0);
      await row(page, 'Where you are signed in', 'Firefox on Windows').first().waitFor();
      await button(page, 'End the session of Firefox on Windows').click();
      await row(page, 'Where you are signed in', 'Firefox on Windows').waitFor({ state: 'detached' });
      expect((await fetch(`${office.url}/me`, { headers: { Cookie: cookie } })).status).toBe(401);

      await page.getByLabel('Present password').fill('not this one');
      await page.getByLabel('New password').fill('quite another one');
      await page.keyboard.press('Enter');
      await page.getByText('This is not your password').waitFor();
      await page.getByLabel('Present password').fill(PASSWORD);
      await page.getByLabel('New password').fill(`${PASSWORD}.`);
      await page.keyboard.press('Enter');
      await toast(page, 'Password changed.').waitFor();
      await page.getByLabel('Present password').fill(`${PASSWORD}.`);
      await page.getByLabel('New password').fill(PASSWORD);
      await page.keyboard.press('Enter');
      await expect.poll(() => page.getByLabel('New password').inputValue()).toBe('');
    });
  });

  test('a token is shown once, does what its scopes say, and is refused once it is revoked', async () => {
    await office.visit({ browser, name: 'otto', path: '/tokens' }, async (page) => {
      await page.getByText('You have no tokens yet.').waitFor();
      await page.getByLabel('Name', { exact: true }).fill('ci');
      expect(await page.getByLabel(/stores:delete/).count()).toBe(0);
      await page.getByLabel(/stores:write/).click();
      await page.getByLabel(/stores:write/).click();
      await button(page, 'Create token').click();
      await page.getByText('ci is created.').waitFor();
      const token = await page.locator('output code').last().innerText();
      expect(token).toMatch(/^sy_/);
      expect(await statusWith(token, '/stores')).toBe(200);
      expect(await statusWith(token, '/stores/st_1', 'DELETE')).toBe(403);
      await page.reload();
      await row(page, 'Your tokens', 'ci').getByText('See stores').waitFor();
      expect(await page.getByText(token).count()).toBe(0);
      await row(page, 'Your tokens', 'ci').getByText('ago').waitFor();
      await button(page, 'Revoke ci…').click();
      await button(page, 'Revoke token').click();
      await page.getByText('You have no tokens yet.').waitFor();
      expect(await statusWith(token, '/stores')).toBe(401);
    });
  });

  test('an owner creates a service account with a token, which goes with it', async () => {
    await office.visit({ browser, name: 'olga', path: '/teams/shops', tolerate: /400/ }, async (page) => {
      await page.getByText('The team has no service accounts yet.').waitFor();
      await page.getByLabel('New service account').fill('CI!');
      await button(page, 'Create service account').click();
      await page.getByText('Use 1 to 40 lower-case letters').waitFor();
      await page.getByLabel('New service account').fill('ci');
      await page.keyboard.press('Enter');
      await button(page, 'New token for ci…').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name', { exact: true }).fill('deploy');
      await dialog.getByLabel('Only from').fill('somewhere');
      await page.keyboard.press('Enter');
      await dialog.getByText(/somewhere/).waitFor();
      await dialog.getByLabel('Only from').fill('127.0.0.0/8, ::1/128');
      await page.keyboard.press('Enter');
      await page.getByText('deploy is created.').waitFor();
      const token = await page.locator('output code').last().innerText();
      await row(page, 'Tokens of ci', 'deploy').getByText('Only from 127.0.0.0/8').waitFor();
      expect(await statusWith(token, '/stores')).toBe(200);
      await screenshot(page, 'service-account-light-1440');
      await button(page, 'Remove ci…').click();
      await button(page, 'Remove service account').click();
      await page.getByText('The team has no service accounts yet.').waitFor();
      expect(await statusWith(token, '/stores')).toBe(401);
    });
  });

  test('an administrator creates and limits a team, and its owner manages the members alone', async () => {
    await office.visit({ browser, name: ADMIN, path: '/teams' }, async (page) => {
      await page.getByLabel('Name').fill('north');
      await button(page, 'Create team').click();
      await page.getByLabel('Stores, at most').fill('1');
      await button(page, 'Save limits').click();
      await page.getByText('0 of 1', { exact: true }).waitFor();
      await page.getByLabel('Add a user').fill('olga');
      await page.getByLabel('As', { exact: true }).selectOption('owner');
      await button(page, 'Add').click();
      await row(page, 'Members of north', 'olga').waitFor();
    });
    await office.visit({ browser, name: 'olga', path: '/teams', tolerate: /404/ }, async (page) => {
      expect(await page.getByText('New team').count()).toBe(0);
      await page.getByRole('link', { name: 'Manage the team north' }).click();
      await page.getByLabel('Add a user').fill('nobody');
      await button(page, 'Add').click();
      await page.getByText('There is no user nobody: an administrator invites people.').waitFor();
      await page.getByLabel('Add a user').fill('otto');
      await button(page, 'Add').click();
      await page.getByLabel('Role of otto').selectOption('operator');
      await toast(page, 'otto is operator of north').waitFor();
      expect(await page.getByLabel('Stores, at most').count()).toBe(0);
      await button(page, 'Remove otto from the team…').click();
      await button(page, 'Remove member').click();
      await row(page, 'Members of north', 'otto').waitFor({ state: 'detached' });
      await page.goto(`${office.url}/teams/nowhere`);
      await page.getByText('Team not found, or not one of yours.').waitFor();
    });
    await office.visit({ browser, name: 'otto', path: '/teams/default' }, async (page) => {
      await page.getByText('Owners of the team see and manage its members.').waitFor();
    });
    const { members } = (await office.call('GET', '/teams/north/members')) as { members: { name: string }[] };
    expect(members.map(({ name }) => name)).toEqual(['olga']);
  });

  test('an invitation lets somebody in once, and a disabled user is out', async () => {
    await office.visit({ browser, name: ADMIN, path: '/users', tolerate: /400/ }, async (page) => {
      await page.getByLabel('Name').fill('nora');
      await page.getByLabel('Role').selectOption('operator');
      await button(page, 'Invite').click();
      await page.getByText('Hand this link to nora.').waitFor();
      await row(page, 'All users', 'nora').getByText('invited, no password yet').waitFor();
      const link = await page.locator('output code').first().innerText();
      const guest = await browser.newPage();
      await guest.goto(link);
      await guest.getByLabel('New password').fill(PASSWORD);
      await guest.getByRole('button', { name: 'Continue' }).click();
      await guest.getByRole('navigation', { name: 'Pages' }).waitFor();
      expect(await guest.getByRole('link', { name: 'Users' }).count()).toBe(0);
      await button(page, 'Actions for nora').click();
      await page.getByRole('menuitem', { name: 'Disable…' }).click();
      await button(page, 'Disable').click();
      await row(page, 'All users', 'nora').getByText('disabled').waitFor();
      await guest.getByText('Sign in to Shopyard again').waitFor();
      await guest.close();
      await button(page, `Actions for ${ADMIN}`).click();
      await page.getByRole('menuitem', { name: 'Remove as administrator…' }).click();
      await button(page, 'Remove as administrator').click();
      await page.getByText(`${ADMIN} is the only administrator`).waitFor();
    });
  });

  test('the activity of all stores and accounts is filtered by who, what, outcome and time', async () => {
    const wrong = JSON.stringify({ name: 'otto', password: 'not this one' });
    expect((await fetch(`${office.url}/session`, { method: 'POST', body: wrong })).status).toBe(401);
    await office.visit({ browser, name: ADMIN }, async (page) => {
      await page.getByRole('link', { name: 'Activity', exact: true }).click();
      const table = page.getByRole('table', { name: 'Activity, newest first' });
      await table.getByRole('row').nth(10).waitFor();
      await page.getByLabel('Outcome').selectOption('denied');
      await table.getByText('failed to sign in').waitFor();
      await expect.poll(() => table.getByText('created the store').count()).toBe(0);
      await page.getByLabel('Outcome').selectOption('');
      await page.getByLabel('Did what').selectOption('stores.create');
      await table.getByRole('link', { name: 'mugs' }).waitFor();
      expect(await table.getByRole('row').count()).toBe(2);
      expect(new URL(page.url()).search).toBe('?action=stores.create');
      await page.getByLabel('Did what').selectOption('');
      await page.getByLabel('Who').fill('otto');
      await page.keyboard.press('Enter');
      await expect.poll(() => table.getByRole('button', { name: ADMIN }).count()).toBe(0);
      await page.getByLabel('When').selectOption('1h');
      await page.getByLabel('Who').fill('nobody');
      await page.keyboard.press('Enter');
      await page.getByText('No entries match.').waitFor();
      await button(page, 'Clear filters').click();
      await table.getByRole('row').nth(10).waitFor();
    });
    await office.visit({ browser, name: 'olga', path: '/activity' }, async (page) => {
      await page.getByText('Only administrators may do this.').waitFor();
      expect(await page.getByRole('link', { name: 'Activity', exact: true }).count()).toBe(0);
    });
  });

  test.each([
    { path: '/profile', ready: 'This browser' },
    { path: '/tokens', ready: 'Create token' },
    { path: '/teams', ready: 'Create team' },
    { path: '/teams/shops', ready: 'Role of olga' },
    { path: '/users', ready: 'invited, no password yet' },
    { path: '/activity', ready: 'created the store' },
  ])('$path holds in every look', { timeout: 120_000 }, async ({ path, ready }) => {
    if (path === '/users') await office.call('POST', '/users', { name: 'new', role: 'viewer' });
    const open = async (page: Page): Promise<void> =>
      page.getByText(ready).or(page.getByLabel(ready)).first().waitFor();
    for (const look of process.env['SCREENSHOTS'] ? LOOKS : [])
      await office.visit({ browser, name: ADMIN, path, ...look }, async (page) => {
        await open(page);
        await screenshot(page, `${path.replaceAll('/', '-')}-${look.colorScheme}-${look.width}`);
      });
    await office.visit({ browser, name: ADMIN, path, tolerate: AXE_REPORTS }, async (page) => {
      await open(page);
      expect(await findFaults(page)).toEqual([]);
    });
  });
});
