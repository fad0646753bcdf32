/** Looks at a page as different readers see it: on screens of every size, in both themes, zoomed, in forced colours. */
import type { Page } from 'playwright-core';
import { findViolations } from './axe.ts';
import { isTooWide } from './browser.ts';
import { findUnreachable } from './focus.ts';

/**
 * A browser at 200 % zoom shows a window of 1440 × 900 pixels as one of half the size. The layouts between a phone's and a
 * desktop's have the elements and colours of one of these, so axe looks at those two.
 */
const SIZES = {
  '380 px': { width: 380, height: 900, axe: true },
  '768 px': { width: 768, height: 1024, axe: false },
  '2560 px': { width: 2560, height: 1200, axe: false },
  '200 %': { width: 720, height: 450, axe: false },
  '1440 px': { width: 1440, height: 900, axe: true },
} as const;

/**
 * Faults of the page in the state that it is in, each with the look that shows it: violations of axe, sideways scrolling,
 * motion although none is wanted, and controls that don't show that they have the focus. Leaves the focus elsewhere, and the
 * size and the colours as they were.
 */
export async function findFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const check = async (look: string, found: Promise<string[]>): Promise<void> => {
    faults.push(...(await found).map((fault) => `${look}: ${fault}`));
  };
  const before = page.viewportSize();
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  for (const [size, { axe, ...viewport }] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    if (axe) {
      await check(size, findViolations(page));
      // Of what axe checks, the theme changes the contrast alone.
      await page.emulateMedia({ colorScheme: 'dark' });
      await check(`${size}, dark`, findViolations(page, 'html', { only: ['color-contrast'] }));
      await page.emulateMedia({ colorScheme: 'light' });
    }
    if (await isTooWide(page)) faults.push(`${size}: has to be scrolled sideways`);
    await check(size, findMotion(page));
    await page.keyboard.press('Shift');
    await check(`${size}, focus`, findUnreachable(page));
  }
  await page.emulateMedia({ forcedColors: 'active' });
  // The reader's own colours, whose contrast axe can't tell.
  await check('forced colours', findViolations(page, 'html', { without: ['color-contrast'] }));
  await check('forced colours, focus', findUnreachable(page));
  await page.emulateMedia({ forcedColors: null, colorScheme: null, reducedMotion: null });
  if (before) await page.setViewportSize(before);
  return faults;
}

/** What moves, although the reader wants no motion. */
const findMotion = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState }) => playState === 'running')
      .map(({ effect }) => `moves: ${effect instanceof KeyframeEffect ? effect.target?.outerHTML.slice(0, 120) : ''}`),
  );
