/** Every page and dialog passes axe in both themes, wide and narrow, zoomed and in forced colours; keys and motion. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AXE_REPORTS, findViolations } from './support/axe.ts';
import { isTooWide, screenshot } from './support/browser.ts';
import { createStores, openEach } from './support/places.ts';
import { startServer, type TestServer } from './support/server.ts';
import { type Visit, visitPage } from './support/visit.ts';

let server: TestServer;
let browser: Browser;
let ids: ReadonlyMap<string, string>;

beforeAll(async () => {
  if (!CHROMIUM) return;
  server = await startServer({ SHOPYARD_SIMULATOR_SPEED: '0' });
  browser = await launchBrowser();
  ids = await createStores(server);
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const visit = (options: Visit, use: (page: Page) => Promise<void>): Promise<void> =>
  visitPage({ browser, url: server.url }, options, use);
const ZOOMED = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 };

test.skipIf(!CHROMIUM).each<{ name: string; look: Visit }>([
  { name: 'light-1440', look: {} },
  { name: 'light-380', look: { width: 380 } },
  { name: 'dark-1440', look: { colorScheme: 'dark' } },
  { name: 'dark-380', look: { colorScheme: 'dark', width: 380 } },
  { name: 'light-200-percent', look: { context: ZOOMED } },
  { name: 'forced-dark-1440', look: { colorScheme: 'dark', context: { forcedColors: 'active' } } },
])(
  'has no axe violations and no horizontal scrolling: $name',
  async ({ name, look }) => {
    const wrong: string[] = [];
    // The Content Security Policy reports the test's own script; tolerate that and the page that doesn't exist.
    const tolerate = new RegExp(`${AXE_REPORTS.source}|404`);
    await visit({ ...look, tolerate }, (page) =>
      openEach({ page, url: server.url, ids }, async (place) => {
        await screenshot(page, `page-${place}-${name}`);
        wrong.push(...(await findViolations(page)).map((violation) => `${place}: ${violation}`));
        if (await isTooWide(page)) wrong.push(`${place}: wider than the screen`);
      }),
    );
    expect(wrong).toEqual([]);
  },
  240_000,
);

test.skipIf(!CHROMIUM)('moves nothing for people who asked for less motion', async () => {
  const moving = (page: Page): Promise<number> =>
    page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
  await visit({}, async (page) => {
    await page.goto(`${server.url}/stores/${ids.get('crashing')}`);
    await page.getByText('Show events').waitFor();
    await expect.poll(() => moving(page)).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expect.poll(() => moving(page)).toBe(0);
    await page.goto(`${server.url}/stores`);
    await page.getByText('crashing').first().waitFor();
    await page.keyboard.press('n');
    await page.getByRole('dialog').waitFor();
    expect(await moving(page)).toBe(0);
  });
});

/** Whether the element with the focus, or what stands for it, has an outline. */
const hasRing = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const shown: Element[] = [];
    for (let at = document.activeElement; at && shown.length < 3; at = at.parentElement) shown.push(at);
    const row = document.activeElement?.closest('tr');
    return [...shown, ...(row ? [row] : [])].some((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
    });
  });

test.skipIf(!CHROMIUM)('shows where the focus is at every stop of Tab, which begins with a skip link', async () => {
  await visit({}, async (page) => {
    for (const path of ['/stores', `/stores/${ids.get('mugs')}`]) {
      await page.goto(server.url + path);
      await page.getByText('mugs').first().waitFor();
      await page.evaluate(() => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      });
      const stops: string[] = [];
      for (let presses = 0; presses < 30; presses++) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120) ?? '');
        if (stop.startsWith('<body')) break;
        stops.push(stop);
        expect(await hasRing(page), stop).toBe(true);
      }
      expect(stops.length, path).toBeGreaterThan(10);
      if (path === '/stores') expect(stops[0]).toContain('#main');
    }
  });
});

test.skipIf(!CHROMIUM)('names its regions: navigation, main content and the parts of a page', async () => {
  await visit({}, async (page) => {
    await page.goto(`${server.url}/stores/${ids.get('crashing')}`);
    await page.getByText('Show events').waitFor();
    for (const [role, name] of [
      ['navigation', 'Pages'],
      ['navigation', 'Tabs of crashing'],
      ['article', 'Store crashing'],
      ['region', 'Reason'],
      ['region', 'Topology'],
    ] as const)
      expect(await page.getByRole(role, { name }).count(), name).toBe(1);
    expect(await page.getByRole('main').count()).toBe(1);
  });
});

/** The picture of an element without the pointer on it. */
const pictureOf = async (page: Page, element: Locator): Promise<string> => {
  await page.mouse.move(0, 0);
  return (await element.screenshot({ animations: 'disabled' })).toString('base64');
};

test.skipIf(!CHROMIUM)('tells states apart without colours of its own', async () => {
  await visit({ context: { forcedColors: 'active', reducedMotion: 'reduce' } }, async (page) => {
    await page.getByText('posters').first().waitFor();
    // Each status is a shape, and the word beside it.
    const badges = page.locator('tr[data-row] [data-tone]');
    const shapes = new Map<string, string>();
    for (const badge of await badges.all()) {
      expect(await badge.innerText()).toMatch(/\w/);
      shapes.set((await badge.getAttribute('data-tone')) ?? '', await pictureOf(page, badge.locator('svg')));
    }
    expect(shapes.size).toBeGreaterThanOrEqual(2);
    const blank = await pictureOf(page, page.locator('tr[data-row] th').first().locator('xpath=..'));
    expect([...shapes.values()]).not.toContain(blank);
    expect(new Set(shapes.values()).size).toBe(shapes.size);
    // What is pressed, selected or current looks different from what isn't.
    const chip = page.getByRole('button', { name: /^All \d/ });
    const ready = page.getByRole('button', { name: /^Ready \d/ });
    const [pressed, unpressed] = [await pictureOf(page, chip), await pictureOf(page, ready)];
    await ready.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('tr[data-row]').count()).toBe(2);
    await page.getByLabel('Filter stores').focus();
    expect(await pictureOf(page, chip)).not.toBe(pressed);
    expect(await pictureOf(page, ready)).not.toBe(unpressed);
    const row = page.locator('tr[data-row]', { hasText: 'posters' }).locator('th');
    const unselected = await pictureOf(page, row);
    await page.getByLabel('Select posters').check();
    await page.getByLabel('Filter stores').focus();
    expect(await pictureOf(page, row)).not.toBe(unselected);
    const nav = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Stores', exact: true });
    const current = await pictureOf(page, nav);
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await page.getByText('Stores by phase').waitFor();
    expect(await pictureOf(page, nav)).not.toBe(current);
  });
});
