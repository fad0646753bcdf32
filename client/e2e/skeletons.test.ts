/** Pages before their data arrives have the shape of what follows: nothing moves when it does. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { screenshot } from './support/browser.ts';
import { startDashboard } from './support/dashboard.ts';

const dashboard = startDashboard({ env: { SHOPYARD_SIMULATOR_SPEED: '0' } });
let id = '';

beforeAll(async () => {
  if (!CHROMIUM) return;
  id = await dashboard.create('alpha');
  await dashboard.reach(id, 'Ready');
});

/** Keeps back what the server sends about stores, until the function that it resolves with is called. */
async function holdData(page: Page): Promise<() => void> {
  const { promise: released, resolve } = Promise.withResolvers<void>();
  await page.routeWebSocket(/\/trpc/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => void released.then(() => socket.send(message)));
  });
  await page.route(/\/trpc\/stores/, async (route) => {
    await released;
    await route.continue();
  });
  return resolve;
}

/** Distance from the top of the page, in pixels. */
const topOf = (one: Locator): Promise<number> => one.evaluate((element) => element.getBoundingClientRect().top);

interface Screen {
  name: string;
  path: string;
  widths: readonly number[];
  /** Pairs of a placeholder and the element that replaces it once the data is there. */
  places: (page: Page) => Record<string, readonly [before: Locator, after: Locator]>;
}

const busy = (page: Page): Locator => page.locator('main [aria-busy="true"]');
const section = (page: Page, name: string): Locator => page.getByRole('region', { name });

const SCREENS: readonly Screen[] = [
  {
    name: 'list',
    path: '/stores',
    widths: [1440, 380],
    places: (page) => ({
      head: [busy(page).locator('thead'), page.locator('thead')],
      row: [busy(page).locator('tbody tr').first(), page.locator('tr[data-row]').first()],
    }),
  },
  {
    name: 'overview',
    path: '/stores/ID',
    widths: [1440],
    places: (page) => ({
      tabs: [busy(page).getByRole('navigation'), page.getByRole('navigation', { name: 'Tabs of alpha' })],
      'first heading': [busy(page).locator('h3').first(), page.locator('article h3').first()],
      'second heading': [busy(page).locator('h3').nth(1), page.locator('article h3').nth(1)],
    }),
  },
  {
    name: 'settings',
    path: '/stores/ID/settings',
    widths: [1440],
    places: (page) => ({
      tabs: [busy(page).getByRole('navigation'), page.getByRole('navigation', { name: 'Tabs of alpha' })],
      'first group': [
        busy(page).locator('b').first(),
        page.getByRole('form', { name: 'Settings' }).locator('legend').first(),
      ],
    }),
  },
  {
    name: 'logs',
    path: '/stores/ID/logs',
    widths: [1440],
    places: (page) => ({
      tabs: [busy(page).getByRole('navigation'), page.getByRole('navigation', { name: 'Tabs of alpha' })],
      lines: [busy(page).locator('div[aria-hidden] > div').last(), page.getByRole('log')],
    }),
  },
  {
    name: 'home',
    path: '/?hours=1',
    widths: [1440, 380],
    places: (page) => ({
      heading: [page.locator('main [data-page-heading]'), page.locator('main [data-page-heading]')],
      attention: [section(page, 'Needs attention'), section(page, 'Needs attention')],
      capacity: [page.locator('main div[aria-hidden]').first(), section(page, 'Room for more stores')],
    }),
  },
];

test.skipIf(!CHROMIUM).each(SCREENS.flatMap(({ widths, ...screen }) => widths.map((width) => ({ ...screen, width }))))(
  'nothing moves when the data of the $name arrives, at $width pixels',
  async ({ name, path, places, width }) => {
    await dashboard.visit({ begin: 'nowhere', width }, async (page) => {
      const release = await holdData(page);
      await page.goto(dashboard.server.url + path.replace('ID', id));
      const pairs = Object.entries(places(page));
      const before = new Map<string, number>();
      for (const [place, [pending]] of pairs) {
        await pending.waitFor();
        before.set(place, await topOf(pending));
      }
      expect(await page.locator('body').innerText(), 'counts nothing yet').not.toMatch(/\b0\b/);
      await screenshot(page, `pending-${name}-light-${width}`);
      release();
      for (const [place, [, arrived]] of pairs) {
        await arrived.waitFor();
        await expect.poll(() => busy(page).count()).toBe(0);
        expect.soft(Math.abs((await topOf(arrived)) - (before.get(place) ?? 0)), place).toBeLessThanOrEqual(4);
      }
    });
  },
);

test.skipIf(!CHROMIUM).each([1440, 700])(
  'shows the brand in its place before the script has loaded, at %i pixels',
  async (width) => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await dashboard.visit({ begin: 'nowhere', width }, async (page) => {
      await page.route(/\.js$/, async (route) => {
        await released;
        await route.continue();
      });
      await page.goto(`${dashboard.server.url}/stores`, { waitUntil: 'commit' });
      const before = await page.locator('.frame img').boundingBox();
      await screenshot(page, `pending-script-light-${width}`);
      release();
      const brand = page.getByRole('link', { name: 'Shopyard, home' });
      expect(await brand.locator('img').boundingBox()).toEqual(before);
      expect(await page.locator('.frame').count()).toBe(0);
    });
  },
);
