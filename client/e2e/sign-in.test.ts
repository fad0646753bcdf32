/** Signing in with the link that the server's terminal shows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import { startServerProcess } from '@shopyard/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { openSetUp } from './support/accounts.ts';
import { screenshot } from './support/browser.ts';

test.skipIf(!CHROMIUM)('a sign-in link opens the dashboard once, and its code stays in no address', async () => {
  const server = await startServerProcess({ env: { SHOPYARD_AUTH: 'required' } });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const token = readFileSync(join(server.dataDir, 'cli-token'), 'utf8').trim();
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${server.url}/sign-in-codes`, { method: 'POST', headers });
  const { code } = (await answer.json()) as { code: string };
  const link = `${server.url}/#/sign-in?code=${code}`;

  const page = await (await browser.newContext()).newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(server.url);
  await page.getByRole('heading', { name: 'Sign in to Shopyard' }).waitFor();
  await page.getByText('npm run sign-in').waitFor();
  await screenshot(page, 'sign-in-required');

  // Pasted into the same tab, where only the fragment changes.
  await page.goto(link);
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  expect(new URL(page.url()).hash).toBe('');
  expect(asked.filter((url) => url.includes(code))).toEqual([]);
  await page.reload();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(link);
  await stranger.getByText('This sign-in link was used or has expired').waitFor();
  expect(await stranger.getByRole('navigation', { name: 'Pages' }).count()).toBe(0);
});

test.skipIf(!CHROMIUM)('the first account is set up by a link, and signs in by its password from then on', async () => {
  const server = await startServerProcess({});
  onTestFinished(() => server[Symbol.asyncDispose]());
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await openSetUp(browser, server.url);
  await page.getByRole('heading', { name: 'Set up Shopyard' }).waitFor();
  await screenshot(page, 'set-up');
  await page.getByLabel('Name').fill('ann');
  await page.getByLabel('New password').fill('aaaaaaaaaaaaaaaa');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('Use at least 5 different characters.').waitFor();
  await page.getByLabel('New password').fill('a long enough one');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  expect(new URL(page.url()).hash).toBe('');

  const other = await (await browser.newContext()).newPage();
  await other.goto(`${server.url}/stores`);
  await other.getByLabel('Name').fill('ann');
  await other.getByLabel('Password').fill('not that one');
  await screenshot(other, 'sign-in');
  await other.keyboard.press('Enter');
  await other.getByText('The name or the password is wrong.').waitFor();
  await other.getByLabel('Password').fill('a long enough one');
  await other.keyboard.press('Enter');
  await other.getByRole('navigation', { name: 'Pages' }).waitFor();
  expect(new URL(other.url()).pathname).toBe('/stores');
});
