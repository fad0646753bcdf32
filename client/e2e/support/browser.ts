/** The browser of these tests, and their screenshots. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '@shopyard/testkit/browser';
import type { Browser, Page } from 'playwright-core';

const SCREENSHOTS = fileURLToPath(new URL('../screenshots', import.meta.url));

/** Launches with the protection of local addresses off; names under `.test` and `.localhost` resolve to 127.0.0.1. */
export const launchUnprotected = (): Promise<Browser> =>
  launchBrowser(
    '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
    '--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.localhost 127.0.0.1',
  );

/** Saves a screenshot to look at, if SCREENSHOTS is set: painting them all takes a minute. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!process.env['SCREENSHOTS']) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

/** Whether the page has to be scrolled sideways. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** Pastes into what has the focus. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+V');
}
