/** Every failure that the simulator knows shows what helps, and a Fix leads to its field. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';

/** The failures of simulator/src/node/fault-injection.ts, except the slow start, and the main handle of each. */
const MAIN: Readonly<Record<string, string>> = {
  'image-not-found': 'Fix image…',
  'image-unauthorized': 'Fix pull secrets…',
  'image-forbidden': 'Fix pull secrets…',
  'image-rate-limit': 'Fix registry…',
  'registry-broken': 'Fix registry…',
  'registry-refuses': 'Fix registry…',
  'registry-unknown': 'Fix registry…',
  'no-command': 'Fix image…',
  crash: 'Log',
  oom: 'Fix memory limit…',
  'not-ready': 'Log',
  'not-live': 'Log',
  'not-started': 'Log',
  hang: 'Log',
  unschedulable: 'Fix memory…',
};

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0.05', SHOPYARD_STEP_SECONDS: 'application=5' } });
const ids = new Map<string, string>();

beforeAll(async () => {
  if (!CHROMIUM) return;
  for (const mode of Object.keys(MAIN)) {
    // An image fails for the setup as well; a container fails in WordPress alone.
    const wordpress = /^(image|registry)-/.test(mode)
      ? { image: { tag: `simulate-${mode}` } }
      : { podAnnotations: { 'simulator.shopyard.dev/fail': mode } };
    const values = { wordpress };
    ids.set(mode, String((await dashboard.server.call('POST', '/stores', { name: mode, values })).body['id']));
  }
}, 60_000);

const visit = (use: (page: Page) => Promise<void>): Promise<void> => dashboard.visit({ begin: 'nowhere' }, use);

test.skipIf(!CHROMIUM)('shows the main handle of every failure', { timeout: 120_000 }, async () => {
  await visit(async (page) => {
    for (const [mode, label] of Object.entries(MAIN)) {
      await page.goto(`${dashboard.server.url}/stores/${ids.get(mode)}`);
      const reason = page.getByRole('region', { name: 'Reason' });
      const main = reason.locator('.button[data-kind=primary]');
      await expect
        .poll(() => main.allInnerTexts(), { timeout: 60_000, message: mode })
        .toEqual([expect.stringMatching(new RegExp(`^${label}`))]);
      if (mode === 'oom') await screenshot(page, 'handles-light-1440');
      const href = (await main.getAttribute('href')) ?? '';
      const field = new URL(href, dashboard.server.url).searchParams.get('field');
      if (field === null) continue;
      await main.click();
      await page.getByRole('form', { name: 'Settings' }).waitFor();
      // A field of the form, or the value's place in the YAML.
      const input = page.locator(`[id="setting-${field}"]`);
      const insert = page.getByRole('button', { name: `Insert ${field}` });
      await input.or(insert).first().waitFor();
    }
  });
});

test.skipIf(!CHROMIUM)('creates a store whose namespace is taken under another name, with its settings', async () => {
  const metadata = { name: 'store-taken' };
  expect(
    await dashboard.server.cluster('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata }),
  ).toBe(201);
  const values = { store: { title: 'Tea House', currency: 'JPY', country: 'JP' }, quota: { enabled: false } };
  const { body } = await dashboard.server.call('POST', '/stores', { name: 'taken', values, labels: { team: 'north' } });
  await visit(async (page) => {
    await page.goto(`${dashboard.server.url}/stores/${String(body['id'])}`);
    await page.getByRole('button', { name: 'Create under another name…' }).click();
    const dialog = page.getByRole('dialog', { name: 'New store' });
    await expect.poll(() => dialog.getByLabel('Shop name', { exact: true }).inputValue()).toBe('Tea House');
    const name = dialog.getByLabel('Name', { exact: true });
    expect(await name.inputValue()).toBe('');
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true);
    await name.fill('tea-house');
    await name.press('Enter');
    await page.getByRole('heading', { name: 'tea-house' }).first().waitFor();
  });
  const stores = (await dashboard.server.call('GET', '/stores')).body['stores'] as {
    id: string;
    name: string;
    labels: object;
  }[];
  const created = stores.find((store) => store.name === 'tea-house');
  expect(created?.labels).toEqual({ team: 'north' });
  const settings = (await dashboard.server.call('GET', `/stores/${created?.id}/values`)).body;
  expect(settings['own']).toMatchObject(values);
});
