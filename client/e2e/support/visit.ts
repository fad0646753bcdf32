/** A page of the dashboard in a browser of the wanted size and colours. */
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';

export interface Visit {
  width?: number;
  colorScheme?: 'light' | 'dark';
  /** Errors that the console may show: the browser tells of refused connections by itself. */
  tolerate?: RegExp;
}

/** A page on the dashboard; fails the test for any error in its console. */
export async function visitPage(
  { browser, url }: { browser: Browser; url: string },
  { width = 1440, colorScheme = 'light', tolerate }: Visit,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const errors: string[] = [];
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(url);
    await use(page);
  } finally {
    await context.close();
  }
  expect(errors.filter((error) => !tolerate?.test(error))).toEqual([]);
}
