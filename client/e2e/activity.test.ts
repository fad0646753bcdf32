/** The activity of a store: its history and its cluster events in one list, filtered, searched, and in local time. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0.1' } });
let id: string;

beforeAll(async () => {
  if (!CHROMIUM) return;
  const values = { wordpress: { image: { tag: 'simulate-crash' } } };
  id = (await dashboard.server.call('POST', '/stores', { name: 'crashing', values })).body['id'] as string;
});

const rows = (page: Page): Promise<string[]> =>
  page.getByRole('list', { name: 'Activity, newest first' }).getByRole('listitem').allInnerTexts();
const chip = (page: Page, name: string): ReturnType<Page['getByRole']> =>
  page.getByRole('group', { name: 'Show' }).getByRole('button', { name });

test.skipIf(!CHROMIUM)('leads old links of events to the activity, with their filter', async () => {
  await dashboard.visit({ begin: 'nowhere' }, async (page) => {
    await page.goto(`${dashboard.server.url}/#/stores/${id}?tab=events`);
    await chip(page, 'Cluster events').waitFor();
    expect(await chip(page, 'Cluster events').getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => page.url()).toMatch(/activity.*show=events/);
    await page
      .getByText(/^Started Pod/)
      .first()
      .waitFor();
    expect((await rows(page)).join('\n')).not.toContain('created the store');
  });
});

test.skipIf(!CHROMIUM)(
  'lists history and events together, folds repeats, filters and searches by keyboard',
  async () => {
    await dashboard.visit({ begin: 'nowhere' }, async (page) => {
      await page.goto(`${dashboard.server.url}/stores/${id}`);
      const recent = page.getByRole('region', { name: 'Recent activity' });
      await recent
        .getByText(/^Provisioning started/)
        .first()
        .waitFor();
      expect(await recent.getByRole('listitem').count()).toBeLessThanOrEqual(5);
      await recent.getByRole('link', { name: 'All activity' }).click();
      await page
        .getByText(/^BackOff Pod.*× \d+$/)
        .first()
        .waitFor({ timeout: 30_000 });
      const all = await rows(page);
      expect(all.filter((row) => row.includes('BackOff Pod'))).toHaveLength(1);
      expect(all.at(-1)).toMatch(/Queued|local created the store/);

      await page.getByRole('searchbox', { name: 'Search activity' }).focus();
      await page.keyboard.type('created the');
      await expect.poll(async () => (await rows(page)).length).toBe(1);
      await page.getByRole('searchbox', { name: 'Search activity' }).fill('');
      await chip(page, 'Changes by people').focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => rows(page)).toEqual([expect.stringContaining('local created the store')]);
      await page.reload();
      await expect.poll(() => rows(page)).toEqual([expect.stringContaining('local created the store')]);
      await chip(page, 'Warnings').click();
      await page
        .getByText(/^BackOff Pod/)
        .first()
        .waitFor();
      await chip(page, 'Changes by people').click();
      await dashboard.server.call('POST', `/stores/${id}/retry`);
      await page.getByText('local retried').waitFor();
      await chip(page, 'All').click();
      await screenshot(page, 'activity-light-1440');
    });
  },
);

test.skipIf(!CHROMIUM)('shows times of the local zone, with UTC on hover', async () => {
  await dashboard.visit({ begin: 'nowhere', timezoneId: 'Asia/Kolkata', width: 380 }, async (page) => {
    await page.goto(`${dashboard.server.url}/stores/${id}/activity?show=people`);
    const time = page.getByRole('listitem').filter({ hasText: 'created the store' }).locator('time');
    const at = (await time.getAttribute('datetime')) ?? '';
    expect(at).toMatch(/Z$/);
    expect(await time.getAttribute('title')).toBe(at);
    const there = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Kolkata', timeStyle: 'medium' }).format(
      new Date(at),
    );
    expect(await time.innerText()).toMatch(new RegExp(`${there}$`));
    await screenshot(page, 'activity-light-380');
  });
});
