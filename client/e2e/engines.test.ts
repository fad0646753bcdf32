/** The choice of an engine: one that is unavailable is greyed with the reason, and what the first store installs is announced. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import { expect, test } from 'vitest';
import { findViolations } from './support/axe.ts';
import { isTooWide, screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';

const NO_ZIPS = { SHOPYARD_WORDPRESS_ZIP: '/nowhere/a.zip', SHOPYARD_WOOCOMMERCE_ZIP: '/nowhere/b.zip' };
const AUTO = { SHOPYARD_EMBEDDED_STORES: 'auto', ...NO_ZIPS };
const without = startDashboard({ env: { ...AUTO, SHOPYARD_MEDUSA: '/nowhere/medusa' } });
const installable = startDashboard({ env: { ...AUTO, XDG_CACHE_HOME: '/nowhere/cache' } });

test.skipIf(!CHROMIUM).each([
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 380 },
] as const)('greys an engine that can’t be had, with the reason: $colorScheme, $width px', async (look) => {
  await without.visit(look, async (page) => {
    await page.getByText('Live', { exact: true }).waitFor();
    await page.keyboard.press('n');
    await page.getByText('No Medusa: SHOPYARD_MEDUSA is /nowhere/medusa, which does not exist').waitFor();
    expect(await page.getByRole('option', { name: 'Medusa with PostgreSQL' }).isDisabled()).toBe(true);
    expect(await page.getByLabel('Engine', { exact: true }).inputValue()).toBe('woocommerce');
    expect(await findViolations(page, 'dialog')).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await screenshot(page, `create-no-medusa-${look.colorScheme}-${look.width}`);
  });
});

test.skipIf(!CHROMIUM)('offers first what is real here, and says what its first store installs', async () => {
  await installable.visit({}, async (page) => {
    await page.getByText('Live', { exact: true }).waitFor();
    await page.keyboard.press('n');
    await page.getByText('The first store installs Medusa from npm').waitFor();
    expect(await page.getByLabel('Engine', { exact: true }).inputValue()).toBe('medusa');
    await screenshot(page, 'create-installs-medusa-light-1440');
    await page.getByLabel('Engine', { exact: true }).selectOption('woocommerce');
    expect(await page.getByText('The first store installs Medusa from npm').count()).toBe(0);
  });
});
