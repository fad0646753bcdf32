/** Signing in with the link that the server's terminal shows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import { startServerProcess } from '@shopyard/testkit';
import { expect, onTestFinished, test } from 'vitest';
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
