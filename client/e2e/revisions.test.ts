/** Revisions of a store: who changed what, any two compared, and the way back from an update that broke the store. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { AXE_REPORTS, findViolations } from './support/axe.ts';
import { isTooWide, screenshot } from './support/browser.ts';
import { findFaults } from './support/looks.ts';
import { startDashboard } from './support/dashboard.ts';
import { LOOKS, type Visit } from './support/visit.ts';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0.1' } });
/** Has two generations that worked, and a third that broke it. */
let broken: string;

async function until(id: string, expected: object): Promise<void> {
  await vi.waitFor(
    async () => expect((await dashboard.server.call('GET', `/stores/${id}`)).body).toMatchObject(expected),
    {
      timeout: 40_000,
      interval: 200,
    },
  );
}

async function createBroken(name: string): Promise<string> {
  const { body } = await dashboard.server.call('POST', '/stores', { name, values: { store: { title: 'Tea' } } });
  const id = String(body['id']);
  await until(id, { phase: 'Ready' });
  const values = { store: { title: 'Tea House' } };
  await dashboard.server.call('PATCH', `/stores/${id}`, { values, reason: 'the sign is new' });
  await until(id, { phase: 'Ready', observedGeneration: 2 });
  await dashboard.server.call('PATCH', `/stores/${id}`, {
    values: { ...values, wordpress: { image: { tag: 'no-such-tag' } } },
    confirm: name,
  });
  await until(id, { phase: 'Failed', reason: 'ImageNotFound' });
  return id;
}

beforeAll(async () => {
  if (!CHROMIUM) return;
  broken = await createBroken('teahouse');
});

const visit = (options: Visit, use: (page: Page) => Promise<void>): Promise<void> =>
  dashboard.visit({ tolerate: AXE_REPORTS, ...options }, use);

const valuesIn = (panel: Locator): Locator => panel.getByRole('list', { name: 'Values' });
const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.activeElement?.textContent ?? undefined);

test.skipIf(!CHROMIUM)('says who changed what, when and why, and whether it worked', async () => {
  await visit({ begin: 'nowhere' }, async (page) => {
    await page.goto(`${dashboard.server.url}/stores/${broken}/revisions`);
    const rows = page.getByRole('list', { name: 'Revisions' }).getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(3);
    // Once the chart's schema has named its fields.
    await rows.first().getByText('WordPress version').waitFor();
    const texts = await rows.allInnerTexts();
    expect(texts[0]).toMatch(/Generation 3[^]*Failed[^]*Current settings[^]*WordPress version: not set → no-such-tag/);
    expect(texts[1]).toMatch(/Worked[^]*local[^]*Shop name: Tea → Tea House[^]*“the sign is new”[^]*WooCommerce 11/);
    expect(texts[2]).toMatch(/Generation 1[^]*Worked/);
    // What this tab took the place of.
    await page.getByText('Values and manifest as installed').click();
    await page.getByText('kind: StatefulSet').waitFor();
  });
});

test.skipIf(!CHROMIUM)('compares any two by keys alone, objects folded; the address keeps which', async () => {
  await visit({ begin: 'nowhere' }, async (page) => {
    await page.goto(`${dashboard.server.url}/stores/${broken}/revisions`);
    await page.getByRole('button', { name: 'Compare generation 1 with the current one' }).focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('region', { name: 'Comparison' });
    await expect.poll(() => focused(page)).toBe('Compare');
    await valuesIn(panel).getByText('no-such-tag').waitFor();
    await panel.getByRole('combobox').nth(1).selectOption('2');
    await expect.poll(() => valuesIn(panel).getByText('no-such-tag').count()).toBe(0);
    await valuesIn(panel).getByText('Tea House').waitFor();
    expect(new URL(page.url()).search).toBe('?from=1&to=2');
    await panel.getByText(/objects? differs? in Kubernetes/).focus();
    await page.keyboard.press('Enter');
    await panel.getByText('Changed', { exact: true }).first().waitFor();
    await panel.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => panel.count()).toBe(0);
  });
});

test.skipIf(!CHROMIUM)(
  'a store that an update broke is Ready again in two clicks, after seeing what they change',
  async () => {
    const id = await createBroken('rescued');
    await visit({ begin: 'nowhere' }, async (page) => {
      await page.goto(`${dashboard.server.url}/stores/${id}`);
      await page.getByRole('link', { name: 'Roll back…' }).click();
      const panel = page.getByRole('form', { name: 'Roll back' });
      await valuesIn(panel).getByText('no-such-tag').waitFor();
      await panel.getByText('restarts WordPress').waitFor();
      await expect.poll(() => focused(page)).toBe('Roll back to generation 2');
      await panel.getByLabel(/^Reason/).fill('the image is missing');
      await panel.getByRole('button', { name: 'Roll back to generation 2' }).click();
      await page.getByText('rescued goes back to generation 2').waitFor();
      await until(id, { phase: 'Ready', observedGeneration: 4 });
      const row = page.getByRole('list', { name: 'Revisions' }).getByRole('listitem').first();
      await row.getByText('Worked').waitFor();
      expect(await row.innerText()).toMatch(/Generation 4[^]*Rolled back to generation 2[^]*“the image is missing”/);
      await page.goto(`${dashboard.server.url}/stores/${id}/activity`);
      await page.getByText('local rolled the store back').waitFor();
    });
  },
);

test.skipIf(!CHROMIUM)(
  'going forward to software that may change the database takes the typed name of the store',
  async () => {
    const id = await createBroken('retyped');
    await dashboard.server.call('POST', `/stores/${id}/rollback`, { to: 2 });
    await until(id, { phase: 'Ready', observedGeneration: 4 });
    // The browser's console reports the refusal that asks for the name.
    await visit({ tolerate: new RegExp(`409|${AXE_REPORTS.source}`) }, async (page) => {
      await page.goto(`${dashboard.server.url}/stores/${id}/revisions?back=3`);
      await page.getByRole('button', { name: 'Roll back to generation 3', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Update the software of retyped?' });
      await dialog.getByText('a version that its image does not tell').waitFor();
      expect(await findFaults(page)).toEqual([]);
      const confirm = dialog.getByRole('button', { name: 'Roll back' });
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByRole('textbox').fill('retype');
      expect(await confirm.isDisabled()).toBe(true);
      await page.keyboard.press('Enter');
      expect((await dashboard.server.call('GET', `/stores/${id}`)).body).toMatchObject({ generation: 4 });
      await dialog.getByRole('textbox').fill('retyped');
      await page.keyboard.press('Enter');
      await page.getByText('retyped goes back to generation 3').waitFor();
      await until(id, { generation: 5 });
    });
  },
);

test.skipIf(!CHROMIUM).each(LOOKS)('fits and passes axe: $colorScheme, $width px', async (look) => {
  const name = `${look.colorScheme}-${look.width}`;
  await visit(look, async (page) => {
    const check = async (place: string, query: string, ready: string): Promise<void> => {
      await page.goto(`${dashboard.server.url}/stores/${broken}/revisions${query}`);
      await page.getByText(ready).first().waitFor();
      expect(await findViolations(page, 'main'), place).toEqual([]);
      expect(await isTooWide(page), place).toBe(false);
      await screenshot(page, `${place}-${name}`);
    };
    await check('revisions', '', 'Current settings');
    await check('revisions-compare', '?from=1&to=3', 'differ in Kubernetes');
    await check('revisions-rollback', '?back=previous', 'differ in Kubernetes');
  });
});
