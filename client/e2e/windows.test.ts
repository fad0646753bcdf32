/** A change of a working store waits for its window; the store's page says until when, applies it now or takes it back. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { AXE_REPORTS, findViolations } from './support/axe.ts';
import { isTooWide, screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';
import { LOOKS } from './support/visit.ts';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0' } });
let id: string;

/** The day after tomorrow's next: closed now, and for at least a day. */
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const DAY = DAYS[(new Date().getUTCDay() + 3) % 7] ?? 'sun';
const LABEL = `${DAY[0]?.toUpperCase()}${DAY.slice(1)}`;
const UNTIL = `${LABEL} 02:00 Etc/UTC`;

beforeAll(async () => {
  if (!CHROMIUM) return;
  id = await dashboard.create('alpha');
  await dashboard.reach(id, 'Ready');
});

const url = (tab = ''): string => `${dashboard.server.url}/stores/${id}${tab}`;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function until(expected: object): Promise<void> {
  const read = async (): Promise<unknown> => (await dashboard.server.call('GET', `/stores/${id}`)).body;
  await vi.waitFor(async () => expect(await read()).toMatchObject(expected), { timeout: 40_000, interval: 200 });
}

async function wait(title: string): Promise<void> {
  const { body } = await dashboard.server.call('PATCH', `/stores/${id}`, { values: { store: { title } } });
  expect(body).toMatchObject({ operation: { state: 'waiting' } });
}

test.skipIf(!CHROMIUM)('the window is set on the tab Settings, and a change of settings then waits', async () => {
  await dashboard.visit({ begin: 'nowhere', tolerate: AXE_REPORTS }, async (page) => {
    await page.goto(url('/settings'));
    const form = page.getByRole('form', { name: 'Maintenance window' });
    await form.getByRole('checkbox', { name: LABEL }).check();
    await form.getByLabel('Until').fill('03:00');
    await form.getByLabel('Time zone').fill('Etc/UTC');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved the maintenance window of alpha').waitFor();
    await until({ window: { tz: 'Etc/UTC', days: [DAY], from: '02:00', to: '03:00' } });
    await page.getByLabel('Shop name').fill('Tea House');
    await button(page, 'Review').click();
    const review = page.getByRole('form', { name: 'Review' });
    await review.getByText(`the change waits until ${UNTIL}`).waitFor();
    await review.getByRole('button', { name: 'Apply' }).click();
    await page.getByText(`Changes to alpha wait until ${UNTIL}`).waitFor();
    await until({ phase: 'Ready', reason: 'ChangeWaiting', generation: 1 });
    // It is no setting of the store yet.
    expect(await page.getByLabel('Shop name').inputValue()).not.toBe('Tea House');
    await page.goto(`${dashboard.server.url}/stores`);
    await page.getByText(`Change waiting until ${UNTIL}`).waitFor();
  });
});

test.skipIf(!CHROMIUM)('what waits is taken back with one click', async () => {
  await dashboard.visit({ begin: 'nowhere' }, async (page) => {
    await page.goto(url());
    await page.getByText(`The change that local asked for waits until ${UNTIL}.`).waitFor();
    await button(page, 'Cancel change').click();
    await page.getByText('Cancelled the change to alpha').waitFor();
    await expect.poll(() => button(page, 'Cancel change').count()).toBe(0);
    await page.goto(url('/activity'));
    await page.getByText('local cancelled a change').waitFor();
  });
});

test.skipIf(!CHROMIUM)('what waits is applied now once somebody says why', async () => {
  await wait('Coffee House');
  await dashboard.visit({ begin: 'nowhere', tolerate: AXE_REPORTS }, async (page) => {
    await page.goto(url());
    await button(page, 'Apply now…').click();
    const dialog = page.getByRole('dialog', { name: 'Apply the change to alpha now?' });
    expect(await dialog.getByRole('button', { name: 'Apply now' }).isDisabled()).toBe(true);
    expect(await findViolations(page)).toEqual([]);
    await screenshot(page, 'window-apply-now-light-1440');
    await dialog.getByLabel('Reason').fill('the sale is today');
    await page.keyboard.press('Enter');
    await page.getByText('Applying the change to alpha').waitFor();
    await until({ phase: 'Ready', generation: 2, observedGeneration: 2 });
    await page.goto(url('/activity'));
    await page.getByText('local applied a change now').waitFor();
    await page.getByText(/reason: the sale is today/).waitFor();
  });
});

test.skipIf(!CHROMIUM)('fits and passes axe', async () => {
  await wait('Third House');
  for (const look of LOOKS) {
    const name = `${look.colorScheme}-${look.width}`;
    await dashboard.visit({ tolerate: AXE_REPORTS, ...look }, async (page) => {
      for (const [tab, ready] of [
        ['', 'Cancel change'],
        ['/settings', 'Maintenance window'],
      ] as const) {
        await page.goto(url(tab));
        await page.getByText(ready).first().waitFor();
        if (tab) await page.getByText(ready).first().scrollIntoViewIfNeeded();
        expect(await findViolations(page, 'main'), tab).toEqual([]);
        expect(await isTooWide(page), tab).toBe(false);
        await screenshot(page, `window${tab.replace('/', '-')}-${name}`);
      }
    });
  }
});
