/** The dashboard in a real browser: a store is made, comes up before one's eyes, and is deleted. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHROMIUM, launch, screenshot } from './support/browser.ts';
import { type Visit, visitPage } from './support/visit.ts';
import { startServer, type TestServer } from './support/server.ts';

if (!CHROMIUM)
  process.stderr.write(
    'Browser tests are skipped: no chromium here; install it, or name one with SHOPYARD_CHROMIUM.\n',
  );

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  if (!CHROMIUM) return;
  server = await startServer({ SHOPYARD_SIMULATOR_SPEED: '0.5' });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const visit = (options: Visit, use: (page: Page) => Promise<void>): Promise<void> =>
  visitPage({ browser, url: server.url }, options, use);

const rowOf = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name}\\b`) });

test.skipIf(!CHROMIUM)('create, watch it become Ready without a reload, delete by typing its name', async () => {
  await visit({}, async (page) => {
    await page.getByText('No stores yet.').waitFor();
    await page.getByText('Embedded cluster.').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await screenshot(page, 'empty-light-1440');
    let loads = 0;
    page.on('load', () => loads++);

    await page.getByLabel('New store').fill('alpha');
    await page.getByText('Namespace store-alpha').waitFor();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Store alpha' });
    await panel.getByText('Provisioning').first().waitFor();
    await screenshot(page, 'provisioning-light-1440');
    await rowOf(page, 'alpha').getByText('Ready').waitFor({ timeout: 30_000 });
    await panel.getByText('Storefront: done').waitFor({ state: 'attached' });
    await screenshot(page, 'ready-light-1440');

    await panel.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: 'Delete store' });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('alph');
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('alpha');
    await screenshot(page, 'delete-light-1440');
    await confirm.click();
    await page.getByText('alpha is deleted: nothing of it is left.').waitFor({ timeout: 30_000 });
    await page.getByText('No stores yet.').waitFor();
    expect(loads).toBe(0);
  });
});

test.skipIf(!CHROMIUM)(
  'a name that is no good says why while it is typed; a taken one keeps what was typed',
  async () => {
    await visit({ colorScheme: 'dark' }, async (page) => {
      const name = page.getByLabel('New store');
      await name.fill('Bad Name');
      await page.getByRole('alert').getByText('use only the letters a-z, digits and hyphens').waitFor();
      await name.fill('twice');
      await page.getByRole('button', { name: 'Create store' }).click();
      await rowOf(page, 'twice').waitFor();
      // The browser's console tells of the 409 as well: that one error is expected.
      const refused = await page.evaluate(
        async () => (await fetch('/stores', { method: 'POST', body: '{"name":"ok"}' })).status,
      );
      expect(refused).toBe(202);
      await rowOf(page, 'ok').getByText('Ready').waitFor({ timeout: 30_000 });
      await screenshot(page, 'ready-dark-1440');
    });
  },
);

test.skipIf(!CHROMIUM)('a store that cannot start says why, next to those that can', async () => {
  await visit({}, async (page) => {
    await page.getByText('Live', { exact: true }).waitFor();
    const create = (name: string, values: object = {}): Promise<number> =>
      page.evaluate(
        async (body) => (await fetch('/stores', { method: 'POST', body })).status,
        JSON.stringify({ name, values }),
      );
    for (const name of ['mugs', 'posters', 'tea-house']) expect(await create(name)).toBe(202);
    expect(await create('wrong-image', { wordpress: { image: { tag: 'no-such-tag' } } })).toBe(202);
    await rowOf(page, 'wrong-image').getByText('Failed').waitFor({ timeout: 30_000 });
    await rowOf(page, 'tea-house').getByText('Ready').waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: 'wrong-image' }).click();
    const panel = page.getByRole('complementary', { name: 'Store wrong-image' });
    await panel.getByText('wordpress: wordpress:no-such-tag does not exist.').first().waitFor();
    await panel.getByRole('button', { name: 'Retry' }).waitFor();
    await screenshot(page, 'failed-light-1440');
  });
});

test.skipIf(!CHROMIUM)('a store that does not go says what holds it, and is freed by its name', async () => {
  await visit({ colorScheme: 'dark' }, async (page) => {
    await page.evaluate(() => fetch('/stores', { method: 'POST', body: '{"name":"held"}' }));
    await rowOf(page, 'held').getByText('Ready').waitFor({ timeout: 30_000 });
    const held = { metadata: { finalizers: ['example.com/snapshot'] } };
    expect(await server.patch('/api/v1/namespaces/store-held/services/mariadb', held)).toBe(200);
    await page.getByRole('link', { name: 'held' }).click();
    const panel = page.getByRole('complementary', { name: 'Store held' });
    await panel.getByRole('button', { name: 'Delete' }).click();
    await page.getByLabel('Type the name to confirm').fill('held');
    await page.getByRole('button', { name: 'Delete store' }).click();
    await panel.getByText('example.com/snapshot').first().waitFor({ timeout: 30_000 });
    await panel.getByRole('button', { name: 'Force removal…' }).click();
    await page.getByLabel('Type the name to confirm').fill('hel');
    expect(await page.getByRole('button', { name: 'Take finalizers off' }).isDisabled()).toBe(true);
    await screenshot(page, 'force-dark-1440');
    await page.getByLabel('Type the name to confirm').fill('held');
    await page.getByRole('button', { name: 'Take finalizers off' }).click();
    await page.getByText('held is deleted: nothing of it is left.').waitFor({ timeout: 30_000 });
  });
});

test.skipIf(!CHROMIUM)('on a phone, in the dark, by keyboard alone', async () => {
  await visit({ width: 380, colorScheme: 'dark' }, async (page) => {
    await rowOf(page, 'ok').waitFor();
    await screenshot(page, 'list-dark-380');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect(wide).toBe(false);
    await page.getByLabel('New store').focus();
    for (let presses = 0; presses < 10; presses++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => document.activeElement?.textContent);
      if (focused === 'ok') break;
    }
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Store ok' }).waitFor();
    await screenshot(page, 'store-dark-380');
  });
});

test.skipIf(!CHROMIUM)(
  'the server is killed and comes back: the page says so, heals itself, and shows each store once',
  async () => {
    await visit({ tolerate: /WebSocket connection|ERR_CONNECTION_REFUSED/ }, async (page) => {
      await rowOf(page, 'ok').waitFor();
      const rows = await page.getByRole('row').allInnerTexts();
      await server.kill();
      await page.getByText(/^Reconnecting, stale for/).waitFor();
      await screenshot(page, 'reconnecting-light-1440');
      await server.restart();
      await page.getByText('Live', { exact: true }).waitFor({ timeout: 40_000 });
      await expect
        .poll(async () => (await page.getByRole('row').allInnerTexts()).length, { timeout: 10_000 })
        .toBe(rows.length);
      expect(await page.getByRole('row', { name: /^ok\b/ }).count()).toBe(1);
    });
  },
);
