/** Every page and dialog passes axe and fits the screen's width, in both themes, wide and narrow. */
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AXE_REPORTS, findViolations } from './support/axe.ts';
import { isTooWide, screenshot } from './support/browser.ts';
import { startServer, type TestServer } from './support/server.ts';
import { LOOKS, visitPage } from './support/visit.ts';

let server: TestServer;
let browser: Browser;
const ids = new Map<string, string>();

beforeAll(async () => {
  if (!CHROMIUM) return;
  server = await startServer({ SHOPYARD_SIMULATOR_SPEED: '0' });
  browser = await launchBrowser();
  for (const [name, tag] of [
    ['mugs', undefined],
    ['posters', undefined],
    ['broken', 'no-such-tag'],
    ['crashing', 'simulate-crash'],
  ] as const) {
    const values = tag ? { wordpress: { image: { tag } } } : {};
    ids.set(name, (await server.call('POST', '/stores', { name, values })).body['id'] as string);
  }
  const phase = async (name: string): Promise<unknown> =>
    (await server.call('GET', `/stores/${ids.get(name)}`)).body['phase'];
  while ((await phase('posters')) !== 'Ready' || (await phase('broken')) !== 'Failed')
    await new Promise((resolve) => setTimeout(resolve, 100));
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

interface Place {
  name: string;
  hash: (store: (name: string) => string) => string;
  ready: RegExp;
  act?: (page: Page) => Promise<void>;
}

const PLACES: Place[] = [
  { name: 'list', hash: () => '#/', ready: /^posters$/ },
  { name: 'store', hash: (store) => `#/stores/${store('mugs')}`, ready: /^Deployment wordpress/ },
  {
    name: 'failed',
    hash: (store) => `#/stores/${store('broken')}`,
    ready: /not found/,
    act: (page) => page.getByText('Show events').click(),
  },
  { name: 'crashing', hash: (store) => `#/stores/${store('crashing')}`, ready: /exit code 1/ },
  { name: 'logs', hash: (store) => `#/stores/${store('mugs')}?tab=logs`, ready: /resuming normal operations/ },
  { name: 'activity', hash: (store) => `#/stores/${store('crashing')}?tab=activity`, ready: /^Started/ },
  { name: 'release', hash: (store) => `#/stores/${store('mugs')}?tab=release`, ready: /kind: StatefulSet/ },
  { name: 'settings', hash: (store) => `#/stores/${store('mugs')}?tab=settings`, ready: /^Shop name$/ },
  { name: 'overview', hash: () => '#/overview?hours=1', ready: /^Stores by phase$/ },
  { name: 'create', hash: () => '#/', ready: /^posters$/, act: (page) => page.keyboard.press('n') },
  { name: 'help', hash: () => '#/', ready: /^posters$/, act: (page) => page.keyboard.press('?') },
  // Last: a browser asks before it leaves a page with something typed.
  {
    name: 'create-several',
    hash: () => '#/',
    ready: /^posters$/,
    act: async (page) => {
      await page.keyboard.press('n');
      await page.getByRole('button', { name: 'Create several…' }).click();
      await page.getByRole('textbox', { name: 'Stores' }).fill('Tea\nCoffee\nmugs');
      await page.getByText('mugs already exists').waitFor();
      await page.getByText('All values', { exact: true }).click();
      await page.keyboard.press('Escape');
      await page.getByText('Discard what you typed?').waitFor();
    },
  },
];

test.skipIf(!CHROMIUM).each(LOOKS)(
  'has no axe violations and no horizontal scrolling: $colorScheme, $width pixels',
  async ({ colorScheme, width }) => {
    const wrong: string[] = [];
    // The Content Security Policy reports the test's own script; tolerate that.
    await visitPage({ browser, url: server.url }, { colorScheme, width, tolerate: AXE_REPORTS }, async (page) => {
      for (const { name, hash, ready, act } of PLACES) {
        await page.goto(`${server.url}/${hash((store) => ids.get(store) ?? '')}`);
        await page.getByText(ready).first().waitFor();
        await act?.(page);
        await page.waitForTimeout(250);
        await screenshot(page, `page-${name}-${colorScheme}-${width}`);
        wrong.push(...(await findViolations(page)).map((violation) => `${name}: ${violation}`));
        const wide = await isTooWide(page);
        if (wide) wrong.push(`${name}: wider than the screen`);
      }
    });
    expect(wrong).toEqual([]);
  },
  120_000,
);
