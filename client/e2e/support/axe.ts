import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Rules {
  /** Ids of the only rules to check. */
  only?: readonly string[];
  without?: readonly string[];
}

/**
 * Checks the page as it is, or the part that a selector names, with axe, and that controls are at least 24 px apart or high
 * and wide (WCAG 2.2 AA), which axe leaves out by default. Tolerate the Content Security Policy's report of its script.
 */
export async function findViolations(page: Page, part = 'html', { only, without = [] }: Rules = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const rules = Object.fromEntries([
    ['target-size', { enabled: true }],
    ...without.map((rule) => [rule, { enabled: false }] as const),
  ]);
  const chosen = only ? { runOnly: [...only] } : { rules };
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
    [part, { ...chosen, resultTypes: ['violations'] }] as const,
  );
}

export const AXE_REPORTS = /Content Security Policy|script-src/;
