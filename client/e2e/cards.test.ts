/** The list on a phone: cards as high as what they say. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { AXE_REPORTS, findViolations } from './support/axe.ts';
import { isTooWide, screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';

const NAME = 'a-broken-store-with-forty-letters-in-all';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0.1' } });

beforeAll(async () => {
  if (!CHROMIUM) return;
  const ready = await dashboard.create('mugs');
  const broken = await dashboard.create(NAME, { wordpress: { image: { tag: 'no-such-tag' } } });
  await dashboard.reach(ready, 'Ready');
  await dashboard.reach(broken, 'Failed');
}, 130_000);

const cardOf = (page: Page, name: string): Locator =>
  page.locator('tr[data-row]', { has: page.getByRole('link', { name, exact: true }) });
const heightOf = async (card: Locator): Promise<number> => (await card.boundingBox())?.height ?? 0;

/** Whether an element and all in it are shown whole. */
const isWhole = (element: Locator): Promise<boolean> =>
  element.evaluate((whole) =>
    [whole, ...whole.querySelectorAll('*')].every(
      ({ scrollHeight, clientHeight, scrollWidth, clientWidth }) =>
        clientHeight === 0 || (scrollHeight <= clientHeight + 1 && scrollWidth <= clientWidth + 1),
    ),
  );

test.skipIf(!CHROMIUM).each(['light', 'dark'] as const)(
  'shows name, reason and next action of a broken store uncut, and a Ready store without empty room (%s)',
  async (colorScheme) => {
    await dashboard.visit({ width: 380, colorScheme, tolerate: AXE_REPORTS }, async (page) => {
      const broken = cardOf(page, NAME);
      await broken.getByText(/no-such-tag not found/).waitFor();
      await broken.getByRole('link', { name: 'Fix image…' }).waitFor();
      await screenshot(page, `cards-${colorScheme}-380`);
      expect(await isWhole(broken.locator('th'))).toBe(true);
      expect(await isWhole(broken.getByRole('cell').nth(1))).toBe(true);
      expect(await isTooWide(page)).toBe(false);
      expect(await heightOf(cardOf(page, 'mugs'))).toBeLessThan(110);
      expect(await findViolations(page)).toEqual([]);
      await broken.getByRole('link', { name: 'Fix image…' }).click();
      await page.getByRole('form', { name: 'Settings' }).waitFor();
    });
  },
);

test.skipIf(!CHROMIUM)('shows the whole placeholder of the filter field', async () => {
  await dashboard.visit({ width: 380 }, async (page) => {
    const [text, room] = await page.getByLabel('Filter stores').evaluate((field) => {
      if (!(field instanceof HTMLInputElement)) throw new Error('no field');
      const { font, paddingInlineStart, paddingInlineEnd } = getComputedStyle(field);
      const canvas = document.createElement('canvas').getContext('2d');
      if (canvas) canvas.font = font;
      const padding = Number.parseFloat(paddingInlineStart) + Number.parseFloat(paddingInlineEnd);
      return [canvas?.measureText(field.placeholder).width ?? Infinity, field.clientWidth - padding];
    });
    expect(text).toBeLessThanOrEqual(room);
  });
});
