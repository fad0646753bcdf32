/** The checks of accessibility.test.ts find what they look for. */
import { CHROMIUM } from '@shopyard/testkit/browser';
import { expect, test } from 'vitest';
import { AXE_REPORTS } from './support/axe.ts';
import { startDashboard } from './support/dashboard.ts';
import { findFaults } from './support/looks.ts';

const dashboard = startDashboard();

interface Element {
  tag: string;
  text?: string;
  /** As in a style attribute, which the page's policy would not let pass. */
  style?: string;
  fades?: true;
}

const tiny: Element = { tag: 'button', text: 'x', style: 'all: unset; display: block; width: 10px; height: 10px' };

const BROKEN: readonly { element: Element; fault: RegExp }[] = [
  { element: { tag: 'input' }, fault: /^380 px: label/m },
  { element: { tag: 'p', text: 'faint', style: 'color: #333' }, fault: /^1440 px, dark: color-contrast/m },
  {
    element: { tag: 'button', text: 'plain', style: 'outline: none !important' },
    fault: /^1440 px, focus: no ring/m,
  },
  { element: { tag: 'p', text: 'wide', style: 'width: 1000px' }, fault: /^768 px: has to be scrolled sideways/m },
  { element: { tag: 'p', text: 'fades', fades: true }, fault: /^1440 px: moves/m },
  // Two that are too small, and too near.
  { element: tiny, fault: /^1440 px: target-size/m },
  { element: tiny, fault: /^1440 px: target-size/m },
];

test.skipIf(!CHROMIUM)(
  'find names, contrast, focus, width, motion and the size of targets that are wrong',
  async () => {
    await dashboard.visit({ tolerate: AXE_REPORTS }, async (page) => {
      await page.getByRole('button', { name: 'Create the first store' }).waitFor();
      expect(await findFaults(page)).toEqual([]);
      await page.evaluate(
        (all) => {
          for (const { tag, text = '', style = '', fades } of all) {
            const element = document.createElement(tag);
            element.textContent = text;
            element.style.cssText = style;
            document.querySelector('main')?.append(element);
            // Stays where it is: axe can't tell the contrast of what lies beneath another element.
            if (fades) element.animate({ opacity: 0.9 }, { duration: 60_000, iterations: Infinity });
          }
        },
        BROKEN.map(({ element }) => element),
      );
      const found = (await findFaults(page)).join('\n');
      for (const { fault } of BROKEN) expect.soft(found).toMatch(fault);
    });
  },
);
