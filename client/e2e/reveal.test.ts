/** Reading a store's login as somebody with an account: for a reason, and by whoever has just signed in. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import { type ServerProcess, startServerProcess } from '@shopyard/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { openSetUp, PASSWORD } from './support/accounts.ts';
import { screenshot } from './support/browser.ts';

/** As if everybody had signed in a quarter of an hour ago. */
function letTimePass({ dataDir }: ServerProcess): void {
  const sqlite = new DatabaseSync(join(dataDir, 'shopyard.db'));
  sqlite.prepare('UPDATE sessions SET fresh_at = ?').run(new Date(Date.now() - 15 * 60_000).toISOString());
  sqlite.close();
}

test.skipIf(!CHROMIUM)('asks for a reason, and for the password of whoever signed in a while ago', async () => {
  const server = await startServerProcess({});
  onTestFinished(() => server[Symbol.asyncDispose]());
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await openSetUp(browser, server.url);
  await page.getByLabel('Name').fill('ann');
  await page.getByLabel('New password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  const created = await page.request.post(`${server.url}/stores`, {
    data: { name: 'mugs' },
    headers: { Origin: server.url },
  });
  const { id } = (await created.json()) as { id: string };
  await page.goto(`${server.url}/stores/${id}`);

  const show = page.getByRole('button', { name: 'Show password' });
  await show.click({ timeout: 60_000 });
  const dialog = page.getByRole('dialog', { name: "Sign in as the store's administrator?" });
  await dialog.getByLabel('Reason').waitFor();
  expect(await dialog.getByLabel('Your password').count()).toBe(0);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  letTimePass(server);
  await show.click();
  await dialog.getByLabel('Your password').waitFor();
  await screenshot(page, 'reveal');
  await page.setViewportSize({ width: 380, height: 800 });
  await screenshot(page, 'reveal-narrow');
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, 'reveal-dark');
  // By keyboard alone: the reason has the focus.
  await page.keyboard.type('ticket 12');
  await page.keyboard.press('Tab');
  await page.keyboard.type('not that one');
  await page.keyboard.press('Enter');
  await dialog.getByText('This is not your password.').waitFor();
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Hide' }).waitFor();
  const { timeline } = (await (await page.request.get(`${server.url}/stores/${id}/timeline`)).json()) as {
    timeline: { what: string; message: string; actor: string }[];
  };
  expect(timeline.filter(({ what }) => what === 'credentials')).toMatchObject([
    { actor: 'ann', message: 'reason: ticket 12' },
  ]);

  // Confirmed a moment ago, so the reason is enough.
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'WP admin' }).click();
  await dialog.getByLabel('Reason').fill('ticket 12');
  expect(await dialog.getByLabel('Your password').count()).toBe(0);
  await page.keyboard.press('Enter');
  const tab = await opened;
  await expect.poll(() => tab.url(), { timeout: 20_000 }).toContain('wp-');
});
