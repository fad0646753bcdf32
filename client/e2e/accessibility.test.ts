/**
 * Every state passes axe and fits the screen at every width, in both themes, zoomed and in forced colours; nothing moves if
 * that is unwanted, and every control shows that it has the focus. A state is visited once, and the looks change in place.
 */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { AXE_REPORTS, findViolations } from './support/axe.ts';
import { isTooWide } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';
import { findRingless } from './support/rings.ts';
import { STATES, STORES } from './support/states.ts';

/** A browser at 200 % zoom shows a window of 1440 × 900 pixels as one of half the size. */
const SIZES = {
  '380 px': { width: 380, height: 900 },
  '768 px': { width: 768, height: 1024 },
  '2560 px': { width: 2560, height: 1200 },
  '200 %': { width: 720, height: 450 },
  // Last: here the controls are visited too.
  '1440 px': { width: 1440, height: 900 },
} as const;
const THEMES = ['light', 'dark'] as const;

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0.1' } });
const ids = new Map<string, string>();

beforeAll(async () => {
  if (!CHROMIUM) return;
  for (const [name, values] of Object.entries(STORES)) ids.set(name, await dashboard.create(name, values));
  await dashboard.reach(ids.get('mugs') ?? '', 'Ready');
  await dashboard.reach(ids.get('broken') ?? '', 'Failed');
}, 130_000);

test.skipIf(!CHROMIUM).each(STATES)(
  'holds in every look: $name',
  { timeout: 120_000 },
  async ({ path, store = '', ready, act }) => {
    const wrong: string[] = [];
    const check = async (look: string, find: () => Promise<string[]>): Promise<void> => {
      wrong.push(...(await find()).map((problem) => `${look}: ${problem}`));
    };
    await dashboard.visit({ tolerate: AXE_REPORTS }, async (page) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto(dashboard.server.url + path.replace('ID', ids.get(store) ?? ''));
      await page.getByText(ready).first().waitFor();
      await act?.(page);
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        for (const colorScheme of THEMES) {
          await page.emulateMedia({ colorScheme });
          await check(`${size}, ${colorScheme}`, () => findViolations(page));
        }
        await check(size, async () => [
          ...((await isTooWide(page)) ? ['has to be scrolled sideways'] : []),
          ...(await findMotion(page)),
        ]);
      }
      await page.keyboard.press('Shift');
      await check('focus', () => findRingless(page));
      await page.emulateMedia({ forcedColors: 'active' });
      // The reader's own colours, whose contrast axe can't tell.
      await check('forced colours', () => findViolations(page, 'html', ['color-contrast']));
      await check('focus in forced colours', () => findRingless(page));
    });
    expect(wrong).toEqual([]);
  },
);

/** What moves, although the reader wants no motion. */
const findMotion = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState }) => playState === 'running')
      .map(({ effect }) => `moves: ${effect instanceof KeyframeEffect ? effect.target?.outerHTML.slice(0, 120) : ''}`),
  );
