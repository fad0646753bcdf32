/** The pane beside the list: opened by a click where it fits, and moved and closed by keys. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { AXE_REPORTS, findViolations } from './support/axe.ts';
import { screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0.3' } });
const ids = new Map<string, string>();

beforeAll(async () => {
  if (!CHROMIUM) return;
  for (const [name, tag] of [
    ['mugs', undefined],
    ['broken', 'no-such-tag'],
    ['slow', 'simulate-slow-start'],
  ] as const)
    ids.set(name, await dashboard.create(name, tag === undefined ? {} : { wordpress: { image: { tag } } }));
  await dashboard.reach(ids.get('mugs') ?? '', 'Ready');
  await dashboard.reach(ids.get('broken') ?? '', 'Failed');
}, 90_000);

const row = (page: Page, name: string): Locator => page.getByRole('link', { name, exact: true });
const pane = (page: Page, name: string): Locator => page.getByRole('complementary', { name: `Store ${name}` });
const article = (page: Page, name: string): Locator => page.getByRole('article', { name: `Store ${name}` });

test.skipIf(!CHROMIUM).each(['light', 'dark'] as const)(
  'shows of a broken store why and what helps, beside the list, without a fault of accessibility (%s)',
  async (colorScheme) => {
    await dashboard.visit({ colorScheme, tolerate: AXE_REPORTS }, async (page) => {
      await row(page, 'broken').click();
      const open = pane(page, 'broken');
      await open
        .getByText(/no-such-tag not found/)
        .first()
        .waitFor();
      await open.getByRole('link', { name: 'Fix image…' }).waitFor();
      for (const name of ['Copy URL', 'Retry', 'Delete…']) await open.getByRole('button', { name }).waitFor();
      await open.getByRole('region', { name: 'Recent activity' }).getByRole('listitem').first().waitFor();
      expect(new URL(page.url()).searchParams.get('open')).toBe(ids.get('broken'));
      expect(await row(page, 'broken').getAttribute('aria-current')).toBe('true');
      expect(await findViolations(page)).toEqual([]);
      await screenshot(page, `pane-broken-${colorScheme}-1440`);
    });
  },
);

test.skipIf(!CHROMIUM)('shows the steps of a store that is coming up, and none of one that is Ready', async () => {
  await dashboard.visit({}, async (page) => {
    await row(page, 'slow').click();
    await pane(page, 'slow').getByRole('region', { name: 'Steps' }).waitFor();
    await screenshot(page, 'pane-steps-light-1440');
    await row(page, 'mugs').click();
    await pane(page, 'mugs').getByRole('link', { name: 'Open shop' }).waitFor();
    expect(await pane(page, 'mugs').getByRole('region', { name: 'Steps' }).count()).toBe(0);
    await screenshot(page, 'pane-ready-light-1440');
  });
});

test.skipIf(!CHROMIUM)('follows the arrow keys along the rows, survives a reload, and closes by Escape', async () => {
  await dashboard.visit({}, async (page) => {
    await row(page, 'slow').click();
    await page.keyboard.press('ArrowDown');
    await pane(page, 'broken').waitFor();
    await page.keyboard.press('ArrowDown');
    await pane(page, 'mugs').waitFor();
    await page.reload();
    await pane(page, 'mugs').getByRole('button', { name: 'Copy URL' }).focus();
    await page.keyboard.press('Escape');
    await pane(page, 'mugs').waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('mugs');
  });
});

test.skipIf(!CHROMIUM)('leaves Escape to an open menu', async () => {
  await dashboard.visit({}, async (page) => {
    await row(page, 'mugs').click();
    await page.getByRole('button', { name: 'Actions for mugs' }).click();
    await page.getByRole('menuitem', { name: 'Logs' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'Logs' }).waitFor({ state: 'hidden' });
    expect(await pane(page, 'mugs').count()).toBe(1);
  });
});

test.skipIf(!CHROMIUM).each([
  { how: 'Enter', act: (link: Locator) => link.press('Enter') },
  { how: 'a double click', act: (link: Locator) => link.dblclick() },
])('opens the page by $how', async ({ act }) => {
  await dashboard.visit({}, async (page) => {
    await act(row(page, 'mugs'));
    await article(page, 'mugs').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/stores/${ids.get('mugs')}`);
  });
});

test.skipIf(!CHROMIUM)('opens the page in another tab by a click with Ctrl or ⌘', async () => {
  await dashboard.visit({}, async (page) => {
    const tab = page.context().waitForEvent('page');
    await row(page, 'mugs').click({ modifiers: ['ControlOrMeta'] });
    await article(await tab, 'mugs').waitFor();
    expect(await pane(page, 'mugs').count()).toBe(0);
  });
});

test.skipIf(!CHROMIUM)('opens the page by a click where the pane does not fit', async () => {
  await dashboard.visit({ width: 1439 }, async (page) => {
    await row(page, 'mugs').click();
    await article(page, 'mugs').waitFor();
    expect(await pane(page, 'mugs').count()).toBe(0);
  });
});
