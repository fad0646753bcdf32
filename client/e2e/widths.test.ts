/** The dashboard from 320 to 2560 pixels, and zoomed: nothing is wider than its place, and the room is used well. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isTooWide, screenshot } from './support/browser.ts';
import { createStores, openEach } from './support/places.ts';
import { startServer, SYNTHETIC, type TestServer } from './support/server.ts';
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
  visitPage({ browser, url: server.url }, { tolerate: /404/, ...options }, use);

/** What sticks out of the nearest box that holds it. What scrolls sideways by itself, or is hidden from sight, does not. */
const findWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scrolls = (element: Element): boolean => /auto|scroll/.test(getComputedStyle(element).overflowX);
    const boxes = [...document.querySelectorAll('main, dialog[open], nav, td, th, header')];
    return boxes.flatMap((box) => {
      const { right, left } = box.getBoundingClientRect();
      return [...box.querySelectorAll('*')]
        .filter((element) => {
          const rect = element.getBoundingClientRect();
          if (rect.width < 2 || element.closest('.visually-hidden, svg, dialog:not([open])')) return false;
          if (getComputedStyle(element).position === 'fixed') return false;
          for (let up = element.parentElement; up && box.contains(up); up = up.parentElement)
            if (scrolls(up)) return false;
          return rect.right > right + 1 || rect.left < left - 1;
        })
        .map(
          (element) =>
            `${element.tagName} ${element.textContent.slice(0, 40)} in ${box.tagName} ${box.getAttribute('aria-label') ?? ''}`,
        );
    });
  });

/** Lines of prose with more than 80 characters; logs, code and tables of values are none. */
const findLongLines = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main p, dialog[open] p, main dd, main li > span, main td span')]
      .filter((element) => !element.closest('[role=log], pre, code'))
      .flatMap((element) => {
        const lines = new Map<number, string>();
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        for (let node = walker.nextNode(); node; node = walker.nextNode())
          for (let at = 0; at < (node.textContent ?? '').length; at++) {
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const { bottom, width } = range.getBoundingClientRect();
            const key = Math.round(bottom / 6);
            if (width > 0) lines.set(key, (lines.get(key) ?? '') + (node.textContent ?? '').charAt(at));
          }
        return [...lines.values()].filter((line) => line.trim().length > 80);
      }),
  );

test.skipIf(!CHROMIUM).each([
  { what: '400 % of 1280 px', width: 320 },
  { what: 'a phone', width: 380 },
  { what: 'a tablet', width: 768 },
  { what: 'a desk', width: 1440 },
  { what: 'a wide screen', width: 2560 },
])('fits $what: $width px, with lines of at most 80 characters', { timeout: 120_000 }, async ({ width }) => {
  const wrong: string[] = [];
  await visit({ width }, (page) =>
    openEach({ page, url: server.url, ids }, async (place) => {
      await screenshot(page, `width-${place}-${width}`);
      if (await isTooWide(page)) wrong.push(`${place}: scrolls sideways`);
      wrong.push(...(await findWide(page)).map((text) => `${place}: sticks out: ${text}`));
      wrong.push(...(await findLongLines(page)).map((line) => `${place}: long line: ${line}`));
    }),
  );
  expect(wrong).toEqual([]);
});

test.skipIf(!CHROMIUM).each([
  { width: 1440, bar: 'a side bar with words', inline: [180, 260], words: true, bottom: false },
  { width: 768, bar: 'a side bar of icons', inline: [40, 64], words: false, bottom: false },
  { width: 380, bar: 'a bar at the bottom', inline: [380, 380], words: true, bottom: true },
])('has $bar at $width px', async ({ width, inline: [least = 0, most = 0], words, bottom }) => {
  await visit({ width }, async (page) => {
    const bar = page.getByRole('navigation', { name: 'Pages' });
    const box = (await bar.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    expect(box.width).toBeGreaterThanOrEqual(least);
    expect(box.width).toBeLessThanOrEqual(most);
    expect(box.y > 450).toBe(bottom);
    const label = bar.getByRole('link', { name: 'Stores', exact: true }).locator('span');
    expect(((await label.boundingBox())?.width ?? 0) > 1).toBe(words);
  });
});

test.skipIf(!CHROMIUM)('leaves eight whole rows of the list at 200 % zoom of 1440 × 900', async () => {
  await using many = await startServer({ SYNTHETIC_STORES: '100' }, SYNTHETIC);
  const context = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 };
  await visitPage({ browser, url: many.url }, { context }, async (page) => {
    await page.getByRole('button', { name: 'All 100' }).waitFor();
    await screenshot(page, 'zoom-200');
    const whole = await page.locator('tr[data-row]').evaluateAll((rows) => {
      const list = rows[0]?.closest('table')?.parentElement?.getBoundingClientRect();
      const end = Math.min(list?.bottom ?? 0, innerHeight);
      return rows.filter((row) => row.getBoundingClientRect().bottom <= end + 1).length;
    });
    expect(whole).toBeGreaterThanOrEqual(8);
  });
});
