import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * Checks the page as it is, or the part that a selector names, with axe, but for the rules `without`. Tolerate the Content
 * Security Policy's report of its script.
 */
export async function findViolations(page: Page, part = 'html', without: readonly string[] = []): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  return page.evaluate(
    async ([selector, options]) => {
      const { axe: loaded } = globalThis as unknown as {
        axe: {
          run(context: string, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
        };
      };
      const result = await loaded.run(selector, options);
      return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
    },
    [part, { rules, resultTypes: ['violations'] }] as const,
  );
}

export const AXE_REPORTS = /Content Security Policy|script-src/;
