/**
 * `npm run screenshots [DIR]`: takes pictures of every state of the dashboard, light and dark, on a phone and on a desk,
 * for people to look at. Without DIR, also replaces those in docs/images.
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { storeSchema } from '@shopyard/contracts';
import { startServerProcess, temporaryDir, type ServerProcess } from '@shopyard/testkit';
import { CHROMIUM, launchWholeBrowser } from '@shopyard/testkit/browser';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { fail, print } from '../lib/script.ts';
import { FIRST_VISIT, MAILS, MANY, type Screenshot, SCREENSHOTS, STORES } from './screenshot-states.ts';

const IMAGES = fileURLToPath(new URL('../../../docs/images', import.meta.url));
/** Thousands of stores that exist only in memory. */
const SYNTHETIC = fileURLToPath(new URL('../../../server/test/support/synthetic-main.ts', import.meta.url));
/** The pictures in README and docs. */
const SHOWN = {
  'create-light-1440': 'create',
  'ready-light-1440': 'ready',
  'list-light-1440': 'dashboard',
  'why-light-1440': 'store',
  'home-light-1440': 'home',
};
const LOOKS = new Map<string, BrowserContextOptions>(
  [1440, 380].flatMap((width) =>
    (['light', 'dark'] as const).map((colorScheme) => [
      `${colorScheme}-${width}`,
      { viewport: { width, height: 900 }, colorScheme },
    ]),
  ),
);
const MORE_LOOKS = new Map<string, BrowserContextOptions>([
  ['light-2560', { viewport: { width: 2560, height: 1200 } }],
  ['light-200-percent', { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 }],
  ['forced-dark-1440', { viewport: { width: 1440, height: 900 }, colorScheme: 'dark', forcedColors: 'active' }],
]);
/** Long enough for the stores to come up, fail and settle. */
const SETTLE_MS = 20_000;
/** Longer than the shortest outage that is reported afterwards. */
const OUTAGE_MS = 7000;

const [dir = join(tmpdir(), 'shopyard-screenshots')] = process.argv.slice(2);
let taken = 0;
if (!CHROMIUM) fail('Chromium not found. Install it, or set SHOPYARD_CHROMIUM to its path.');
else await main();

async function main(): Promise<void> {
  mkdirSync(dir, { recursive: true });
  const browser = await launchWholeBrowser();
  try {
    await takeStates(browser);
    await takeMany(browser);
  } finally {
    await browser.close();
  }
  if (process.argv.length === 2)
    for (const [shot, image] of Object.entries(SHOWN))
      copyFileSync(join(dir, `${shot}.png`), join(IMAGES, `${image}.png`));
  print(`${taken} pictures in ${dir}`);
}

async function takeStates(browser: Browser): Promise<void> {
  using data = temporaryDir();
  const options = { dataDir: data.path, env: { SHOPYARD_SIMULATOR_SPEED: '1' } };
  const server = await startServerProcess(options);
  await takeAll(browser, { url: server.url, shots: FIRST_VISIT, ids: new Map() });
  const ids = await createStores(server);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  await takeAll(browser, { url: server.url, shots: SCREENSHOTS, ids });
  await takeOutage(browser, server, () => startServerProcess(options));
}

async function takeMany(browser: Browser): Promise<void> {
  using data = temporaryDir();
  const mails = join(data.path, 'mails.json');
  writeFileSync(mails, JSON.stringify(MAILS));
  const env = { SYNTHETIC_STORES: '2000', SYNTHETIC_CHANGES: '20', SYNTHETIC_MAILS: mails };
  await using server = await startServerProcess({ main: SYNTHETIC, env });
  await takeAll(browser, { url: server.url, shots: MANY, ids: new Map() });
}

/** The list while the server is away, and once it is back. */
async function takeOutage(
  browser: Browser,
  server: ServerProcess,
  restart: () => Promise<ServerProcess>,
): Promise<void> {
  const pages = new Map<string, Page>();
  for (const [look, options] of LOOKS) {
    const page = await browser.newPage(options);
    await page.goto(`${server.url}/stores`);
    await page.getByText('Live', { exact: true }).waitFor();
    pages.set(look, page);
  }
  await server.kill();
  await new Promise((resolve) => setTimeout(resolve, OUTAGE_MS));
  for (const [look, page] of pages) {
    await page.getByText(/Actions are disabled/).waitFor();
    await picture(page, `offline-${look}`);
  }
  await using _again = await restart();
  for (const [look, page] of pages) {
    await page.getByText(/The server was unreachable/).waitFor({ timeout: 60_000 });
    await picture(page, `back-${look}`);
    await page.close();
  }
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
  url: string;
  shots: readonly Screenshot[];
  ids: ReadonlyMap<string, string>;
}

async function takeAll(browser: Browser, { url, shots, ids }: Takes): Promise<void> {
  for (const [look, options] of [...LOOKS, ...MORE_LOOKS]) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    for (const { name, path, store = '', host, inEveryLook, wide, ready, act } of shots) {
      if ((MORE_LOOKS.has(look) && !inEveryLook) || (wide && !look.endsWith('-1440'))) continue;
      const base = host === undefined ? url : `http://${host}.localhost:${new URL(url).port}`;
      await page.goto(base + path.replace('ID', ids.get(store) ?? ''));
      await page.getByText(ready).first().waitFor();
      await act?.(page);
      await picture(page, `${name}-${look}`);
    }
    await context.close();
  }
}

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(dir, `${name}.png`) });
  taken += 1;
}
