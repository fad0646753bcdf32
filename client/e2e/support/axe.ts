import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Checks the page as it is, or the part that a selector names, with axe. Tolerate the Content Security Policy's report of its script. */
export async function findViolations(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (selector) => {
    const { axe: loaded } = globalThis as unknown as {
      axe: { run(context: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const result = await loaded.run(selector);
    return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }, part);
}

export const AXE_REPORTS = /Content Security Policy|script-src/;
