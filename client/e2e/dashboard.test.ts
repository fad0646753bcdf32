/** Life cycle of a store in the dashboard: create, diagnose, repair, delete, force-delete; and a server restart. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AXE_REPORTS } from './support/axe.ts';
import { screenshot } from './support/browser.ts';
import { findFaults } from './support/looks.ts';
import { startServer, type TestServer } from './support/server.ts';
import { SERVER_KILLED, type Visit, visitPage } from './support/visit.ts';

if (!CHROMIUM)
  process.stderr.write(
    'Skipping browser tests: Chromium not found. Install it, or set SHOPYARD_CHROMIUM to its path.\n',
  );

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  if (!CHROMIUM) return;
  server = await startServer({ SHOPYARD_SIMULATOR_SPEED: '0.5' });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const visit = (options: Visit, use: (page: Page) => Promise<void>): Promise<void> =>
  visitPage({ browser, url: server.url }, options, use);
const rowOf = (page: Page, name: string) =>
  page.locator('tr[data-row]', { has: page.getByRole('link', { name, exact: true }) });
const pageOf = (page: Page, name: string) => page.getByRole('article', { name: `Store ${name}` });
const createStore = async (name: string, values: object = {}): Promise<void> => {
  expect((await server.call('POST', '/stores', { name, values })).status).toBe(202);
};

test.skipIf(!CHROMIUM)(
  'creates a store, shows it become Ready without a reload, and deletes it once its name is typed',
  async () => {
    await visit({}, async (page) => {
      await page.getByText('No stores yet').waitFor();
      await page.getByRole('button', { name: /^Embedded/ }).click();
      await page.getByText('Stores here are').waitFor();
      await page.keyboard.press('Escape');
      await page.getByText('Live', { exact: true }).waitFor();
      await screenshot(page, 'empty-light-1440');
      let loads = 0;
      page.on('load', () => loads++);

      await page.getByRole('button', { name: 'Create the first store' }).click();
      const name = page.getByLabel('Name', { exact: true });
      await name.fill('Alpha');
      await page.getByText('use only the letters a-z, digits and hyphens').waitFor();
      await name.fill('alpha');
      await page.getByText(/^http:\/\/alpha\.localhost:\d+$/).waitFor();
      await screenshot(page, 'create-light-1440');
      await page.keyboard.press('Enter');
      const panel = pageOf(page, 'alpha');
      await panel.getByText('Provisioning').first().waitFor();
      await screenshot(page, 'provisioning-light-1440');
      await panel.getByText('Ready', { exact: true }).first().waitFor({ timeout: 30_000 });
      await panel.getByText('Storefront: done').waitFor({ state: 'attached' });
      for (const node of ['StatefulSet mariadb', 'Deployment wordpress', 'Job setup-1'])
        await panel.getByText(new RegExp(`^${node}`)).waitFor();
      await screenshot(page, 'ready-light-1440');

      await panel.getByRole('button', { name: 'Show password' }).click();
      await panel.getByText(/^admin-\w{4}$/).waitFor();
      await panel.getByText(/^\w{24}$/).waitFor();
      await panel.getByRole('button', { name: 'Delete…' }).click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: 'Delete store' });
      await dialog.getByRole('textbox').fill('alph');
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByRole('textbox').fill('alpha');
      await screenshot(page, 'delete-light-1440');
      await confirm.click();
      await page.getByText('alpha was deleted, with all its data.').waitFor({ timeout: 30_000 });
      await page.getByRole('link', { name: 'All stores' }).click();
      await page.getByText('No stores yet').waitFor();
      expect(loads).toBe(0);
    });
  },
);

test.skipIf(!CHROMIUM)('keeps the input of a rejected create, and says which field is wrong and why', async () => {
  // The browser's console reports the rejection, and the release that does not exist yet.
  await visit({ colorScheme: 'dark', tolerate: /400|404/ }, async (page) => {
    await createStore('taken');
    await page.getByText('taken', { exact: true }).waitFor();
    await page.keyboard.press('n');
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('taken');
    await page.getByText('taken already exists: choose another name').waitFor();
    await name.fill('other');
    await page.getByText('All values').first().click();
    const advanced = page.getByLabel('Helm values, as YAML');
    await advanced.fill('wordpress: {imagee: 1}');
    const submit = page.getByRole('button', { name: 'Create store' });
    await submit.click();
    await page.getByText('Line 1: wordpress.imagee: unknown value').waitFor();
    await screenshot(page, 'refused-dark-1440');
    expect([await name.inputValue(), await advanced.inputValue()]).toEqual(['other', 'wordpress: {imagee: 1}']);
    await advanced.fill('store: {title: Mugs}');
    await page.getByText('Medium').click();
    await submit.click();
    await pageOf(page, 'other').getByRole('link', { name: 'Revisions' }).click();
    await pageOf(page, 'other').getByText('Values and manifest as installed').click();
    await pageOf(page, 'other').getByText('size: medium').waitFor({ timeout: 30_000 });
    await pageOf(page, 'other').getByText('title: Mugs').first().waitFor();
  });
});

test.skipIf(!CHROMIUM)('explains in one click why a store cannot start, and retries it after a fix', async () => {
  await visit({}, async (page) => {
    await createStore('wrong-image', { wordpress: { image: { tag: 'no-such-tag' } } });
    await rowOf(page, 'wrong-image').getByText('Failed').waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: 'wrong-image' }).press('Enter');
    const panel = pageOf(page, 'wrong-image');
    await panel.getByText('Image wordpress:no-such-tag not found (container wordpress).').first().waitFor();
    await panel.getByRole('button', { name: 'Show events' }).click();
    await panel
      .getByText(/Failed to pull image "wordpress:no-such-tag"/)
      .first()
      .waitFor();
    await screenshot(page, 'failed-light-1440');
    const id = /stores\/(\w+)/.exec(page.url())?.[1];
    await panel.getByRole('link', { name: 'Activity', exact: true }).click();
    await panel.getByRole('button', { name: 'Retry' }).click();
    await panel.getByText('local retried').waitFor();
    expect((await server.call('PATCH', `/stores/${id}`, { values: {} })).status).toBe(202);
    await panel.getByText('Ready', { exact: true }).first().waitFor({ timeout: 30_000 });
  });
});

test.skipIf(!CHROMIUM)('warns before and after a store loses its data, and reinstalls it on Retry', async () => {
  await visit({ colorScheme: 'dark' }, async (page) => {
    await createStore('unlucky');
    await rowOf(page, 'unlucky').getByText('Ready').waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: 'unlucky', exact: true }).press('Enter');
    const panel = pageOf(page, 'unlucky');
    await panel.getByText('Volume wordpress-content').waitFor();
    const namespacePath = '/api/v1/namespaces/store-unlucky';
    expect(await server.cluster('DELETE', `${namespacePath}/persistentvolumeclaims/wordpress-content`)).toBe(200);
    await panel
      .getByText(/Back it up now, before anything restarts/)
      .first()
      .waitFor();
    await panel.getByText('being deleted').first().waitFor();
    const pod = await panel.getByText(/^Pod wordpress-/).innerText();
    expect(await server.cluster('DELETE', `${namespacePath}/pods/${/wordpress-\S+/.exec(pod)?.[0]}`)).toBe(200);
    await panel
      .getByText(/its data is lost\. Retry reinstalls the store/)
      .first()
      .waitFor();
    await panel.getByText('Failed', { exact: true }).first().waitFor();
    await screenshot(page, 'lost-dark-1440');
    await panel.getByRole('button', { name: 'Retry' }).click();
    await panel.getByText('Ready', { exact: true }).first().waitFor({ timeout: 30_000 });
  });
});

test.skipIf(!CHROMIUM)('creates, finds and deletes a store by keyboard alone at phone width', async () => {
  await visit({ width: 380 }, async (page) => {
    await page.getByText('Live', { exact: true }).waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('typed');
    await page.keyboard.press('Enter');
    await pageOf(page, 'typed').getByText('Ready', { exact: true }).first().waitFor({ timeout: 30_000 });
    // Typing reaches the filter field however long the list takes to render.
    const browser = await page.context().newCDPSession(page);
    await browser.send('Emulation.setCPUThrottlingRate', { rate: 20 });
    await page.keyboard.press('/');
    await page.getByLabel('Filter stores').waitFor();
    await browser.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Filter stores');
    await page.keyboard.type('typed');
    await expect.poll(() => page.locator('tr[data-row]').count()).toBe(1);
    for (let presses = 0; presses < 12; presses++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(() => document.activeElement?.textContent)) === 'typed') break;
    }
    await page.keyboard.press('Delete');
    await page.keyboard.type('typed');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('tr[data-row]').count(), { timeout: 30_000 }).toBe(0);
  });
});

test.skipIf(!CHROMIUM)('says what blocks a deletion, and forces it once the name is typed', async () => {
  await visit({ colorScheme: 'dark', tolerate: AXE_REPORTS }, async (page) => {
    await createStore('held');
    await rowOf(page, 'held').getByText('Ready').waitFor({ timeout: 30_000 });
    const held = { metadata: { finalizers: ['example.com/snapshot'] } };
    expect(await server.cluster('PATCH', '/api/v1/namespaces/store-held/services/mariadb', held)).toBe(200);
    await page.getByRole('link', { name: 'held', exact: true }).press('Enter');
    const panel = pageOf(page, 'held');
    // Two minutes later: the store is not new any more, so its name has to be typed.
    await page.clock.setSystemTime(Date.now() + 120_000);
    await panel.getByRole('button', { name: 'Delete…' }).click();
    expect(await page.getByRole('button', { name: 'Delete store' }).isDisabled()).toBe(true);
    await page.getByRole('dialog').getByRole('textbox').fill('held');
    await page.getByRole('button', { name: 'Delete store' }).click();
    await panel.getByText('example.com/snapshot').first().waitFor({ timeout: 30_000 });
    await panel.getByRole('button', { name: 'Force deletion…' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('hel');
    expect(await page.getByRole('button', { name: 'Remove finalizers' }).isDisabled()).toBe(true);
    await screenshot(page, 'force-dark-1440');
    expect(await findFaults(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('textbox').fill('held');
    await page.getByRole('button', { name: 'Remove finalizers' }).click();
    await page.getByText('held was deleted, with all its data.').waitFor({ timeout: 30_000 });
  });
});

test.skipIf(!CHROMIUM)('cancels the creation of a store that is not Ready yet', async () => {
  await visit({}, async (page) => {
    await createStore('hasty', { wordpress: { image: { tag: 'simulate-slow-start' } } });
    await rowOf(page, 'hasty').getByText('Provisioning').waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: 'hasty' }).press('Enter');
    await page.getByRole('button', { name: 'Cancel creation…' }).click();
    await page.getByRole('button', { name: 'Cancel creation and delete' }).click();
    await page.getByText('hasty was deleted, with all its data.').waitFor({ timeout: 30_000 });
    expect(await server.cluster('GET', '/api/v1/namespaces/store-hasty')).toBe(404);
  });
});

test.skipIf(!CHROMIUM)(
  'counts down while the server is down, then reports the outage and shows each store once',
  async () => {
    await visit({ tolerate: new RegExp(`${SERVER_KILLED.source}|${AXE_REPORTS.source}`) }, async (page) => {
      await rowOf(page, 'taken').waitFor();
      const names = (): Promise<string[]> => page.locator('tr[data-row] th a').allInnerTexts();
      const before = await names();
      // From here on time passes as the test says.
      await page.clock.install();
      await page.reload();
      await rowOf(page, 'taken').waitFor();
      await server.kill();
      await page.getByText(/^Reconnecting, next try in \d+ s; stale since \d/).waitFor();
      await screenshot(page, 'reconnecting-light-1440');
      await page.clock.fastForward(20_000);
      await server.restart();
      await page.clock.fastForward(30_000);
      await page.getByText('Live', { exact: true }).waitFor();
      await page.getByText(/^The server was unreachable for [5-9]\d s, from .* Everything is up to date/).waitFor();
      await screenshot(page, 'back-light-1440');
      expect(await findFaults(page)).toEqual([]);
      await createStore('afterwards');
      await rowOf(page, 'afterwards').waitFor();
      expect(await names()).toEqual(['afterwards', ...before]);
    });
  },
);

test.skipIf(!CHROMIUM)('deletes a new store without typing, unless it is undone in time', async () => {
  await visit({}, async (page) => {
    await createStore('mistake');
    await rowOf(page, 'mistake').getByText('Ready', { exact: true }).waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: 'mistake', exact: true }).press('Enter');
    const panel = pageOf(page, 'mistake');
    const confirm = async (): Promise<void> => {
      await panel.getByRole('button', { name: 'Delete…' }).click();
      await page.getByRole('button', { name: 'Delete store' }).click();
    };
    let calls = 0;
    page.on('request', (request) => void (calls += Number(request.url().includes('stores.remove'))));
    await confirm();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('mistake is kept').waitFor();
    await confirm();
    await page.getByText('mistake was deleted, with all its data.').waitFor({ timeout: 30_000 });
    expect(calls).toBe(1);
  });
});
