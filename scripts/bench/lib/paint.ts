/** How soon a page shows something, with an empty cache. */
import type { Browser, Page } from 'playwright-core';
import { traceTasks } from './frames.ts';

export interface Paint {
  /** From navigation to the first contentful paint, in milliseconds. */
  firstMs: number;
  /** Processor time of the main thread until then, in milliseconds. */
  taskMs: number;
}

export async function firstPaint(browser: Browser, url: string): Promise<Paint> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const tasks = await traceTasks(page, async () => {
    await page.goto(url);
    await untilPainted(page);
  });
  const firstMs = await untilPainted(page);
  await context.close();
  return { firstMs, taskMs: tasks.reduce((sum, { tookMs, beforePaint }) => sum + (beforePaint ? tookMs : 0), 0) };
}

/** Resolves with the time of the first contentful paint, in milliseconds since navigation. */
async function untilPainted(page: Page): Promise<number> {
  const found = await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  return (await found.jsonValue()) ?? Number.NaN;
}
