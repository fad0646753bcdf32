/** Finds controls that are hidden, or show nothing, when the keyboard reaches them. */
import type { Page } from 'playwright-core';

/**
 * Focuses every control in the tab order in turn; returns the HTML of those that stay covered or out of sight, have no ring,
 * or whose ring is cut off on more than one side. The last input must have been a key, so that the browser shows focus.
 */
export function findUnreachable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const RING_PX = 2;
    const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable="true"]';
    const dialog = [...document.querySelectorAll('dialog:modal')].at(-1);
    const controls = [...(dialog ?? document).querySelectorAll<HTMLElement>(CONTROLS)].filter(
      (control) => control.tabIndex >= 0 && !control.matches(':disabled') && control.checkVisibility(),
    );
    /** The control, and what around it may show its focus, such as a row. */
    const shownAround = (control: HTMLElement): HTMLElement[] => {
      const around = [control];
      for (let up = control.parentElement; up && around.length < 4; up = up.parentElement) around.push(up);
      return around;
    };
    const outlineOf = (element: HTMLElement): number => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth);
    };
    /** Sides of the ring that a scroller or a frame around it cuts off. */
    const cutSides = (element: HTMLElement): number => {
      const offset = Number.parseFloat(getComputedStyle(element).outlineOffset) + RING_PX;
      const box = element.getBoundingClientRect();
      let cut = 0;
      // What lies on top of the page is cut off by nothing around it.
      const end = element.closest('[popover], dialog')?.parentElement ?? document.body;
      for (let up = element.parentElement; up && up !== end; up = up.parentElement) {
        if (getComputedStyle(up).overflow === 'visible') continue;
        const frame = up.getBoundingClientRect();
        const sides = [
          box.left - offset < frame.left - 1,
          box.right + offset > frame.right + 1,
          box.top - offset < frame.top - 1,
          box.bottom + offset > frame.bottom + 1,
        ];
        cut = Math.max(cut, sides.filter(Boolean).length);
      }
      return cut;
    };
    /** Whether something else lies over all of it. What a key or a moment takes away doesn't count. */
    const isCovered = (control: HTMLElement): boolean => {
      const { left, right, top, bottom } = control.getBoundingClientRect();
      // The ground of a switch or of a drawn box: what is drawn is the label around it.
      if (right - left < 4 || bottom - top < 4) return false;
      const points = [
        [(left + right) / 2, (top + bottom) / 2],
        [left + 3, top + 3],
        [right - 3, top + 3],
        [left + 3, bottom - 3],
        [right - 3, bottom - 3],
      ] as const;
      return points.every(([x, y]) => {
        const shown = document.elementFromPoint(x, y);
        if (!shown) return true;
        return !(
          control.contains(shown) ||
          shown.contains(control) ||
          shown.closest('[popover], [data-sonner-toaster]')
        );
      });
    };
    const focused = document.activeElement;
    if (focused instanceof HTMLElement) focused.blur();
    return controls.flatMap((control) => {
      const around = shownAround(control);
      const before = around.map(outlineOf);
      control.focus();
      if (document.activeElement !== control) return [];
      const ringed = around.find((element, at) => outlineOf(element) > (before[at] ?? 0));
      const html = control.outerHTML.slice(0, 120);
      if (isCovered(control)) return [`covered: ${html}`];
      if (!ringed || outlineOf(ringed) < RING_PX) return [`no ring: ${html}`];
      return cutSides(ringed) > 1 ? [`ring cut off: ${html}`] : [];
    });
  });
}
