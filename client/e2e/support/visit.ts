/** Opens the dashboard in a page of a given width and colour scheme. */
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';

/** In which every screen is looked at. */
export const LOOKS = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 1440 },
  { colorScheme: 'light', width: 380 },
  { colorScheme: 'dark', width: 380 },
] as const;

export interface Visit {
  width?: number;
  colorScheme?: 'light' | 'dark';
  /** Such as `Asia/Tokyo`; by default that of the machine. */
  timezoneId?: string;
  /** Where it begins: the list if absent. `nowhere`: the test opens the first page itself. */
  begin?: 'nowhere';
  /** Console errors to ignore, such as the browser's own reports of refused connections. */
  tolerate?: RegExp;
}

/**
 * What the browser reports when a server is killed: a connection is refused, reset or closed without a response, depending
 * on the moment.
 */
export const SERVER_KILLED = /WebSocket|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET/;

/** Runs `use` on a page that shows the dashboard; fails the test on any other console or page error. */
export async function visitPage(
  { browser, url }: { browser: Browser; url: string },
  { width = 1440, colorScheme = 'light', timezoneId, begin, tolerate }: Visit,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const zone = timezoneId === undefined ? {} : { timezoneId };
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, ...zone });
  const errors: string[] = [];
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    if (begin === undefined) await page.goto(`${url}/stores`);
    await use(page);
  } finally {
    await context.close();
  }
  expect(errors.filter((error) => !tolerate?.test(error))).toEqual([]);
}
