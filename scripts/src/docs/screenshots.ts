/**
 * `npm run screenshots [DIR]`: takes pictures of every state of the dashboard, light and dark, on a phone and on a desk,
 * for people to look at. Without DIR, also replaces those in docs/images.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { storeSchema } from '@shopyard/contracts';
import { startServerProcess, type ServerProcess } from '@shopyard/testkit';
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import type { Browser } from 'playwright-core';
import { fail, print } from '../lib/script.ts';
import { FIRST_VISIT, type Screenshot, SCREENSHOTS, STORES } from './screenshot-states.ts';

const IMAGES = fileURLToPath(new URL('../../../docs/images', import.meta.url));
/** The pictures in README and docs. */
const SHOWN = {
  'create-light-1440': 'create',
  'ready-light-1440': 'ready',
  'list-light-1440': 'dashboard',
  'why-light-1440': 'store',
  'home-light-1440': 'home',
};
const LOOKS = [1440, 380].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })));
/** Long enough for the stores to come up, fail and settle. */
const SETTLE_MS = 20_000;

const [dir = join(tmpdir(), 'shopyard-screenshots')] = process.argv.slice(2);
if (!CHROMIUM) fail('Chromium not found. Install it, or set SHOPYARD_CHROMIUM to its path.');
else await main();

async function main(): Promise<void> {
  mkdirSync(dir, { recursive: true });
  await using server = await startServerProcess({ env: { SHOPYARD_SIMULATOR_SPEED: '1' } });
  const browser = await launchBrowser();
  try {
    await takeAll(browser, server, { shots: FIRST_VISIT, ids: new Map() });
    const ids = await createStores(server);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    await takeAll(browser, server, { shots: SCREENSHOTS, ids });
  } finally {
    await browser.close();
  }
  if (process.argv.length === 2)
    for (const [shot, image] of Object.entries(SHOWN))
      copyFileSync(join(dir, `${shot}.png`), join(IMAGES, `${image}.png`));
  print(`${(FIRST_VISIT.length + SCREENSHOTS.length) * LOOKS.length} pictures in ${dir}`);
}

/** Ids by name. */
async function createStores({ url }: ServerProcess): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const store of STORES) {
    const response = await fetch(`${url}/stores`, { method: 'POST', body: JSON.stringify(store) });
    if (!response.ok) throw new Error(`${store.name} was refused: ${await response.text()}`);
    ids.set(store.name, storeSchema.parse(await response.json()).id);
  }
  return ids;
}

interface Takes {
  shots: readonly Screenshot[];
  ids: ReadonlyMap<string, string>;
}

async function takeAll(browser: Browser, { url }: ServerProcess, { shots, ids }: Takes): Promise<void> {
  for (const { width, scheme } of LOOKS) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
    const page = await context.newPage();
    for (const { name, path, store = '', ready, act } of shots) {
      await page.goto(url + path.replace('ID', ids.get(store) ?? ''));
      await page.getByText(ready).first().waitFor();
      await act?.(page);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(dir, `${name}-${scheme}-${width}.png`) });
    }
    await context.close();
  }
}
