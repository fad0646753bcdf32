/** Finds controls that show nothing when the keyboard reaches them. */
import type { Page } from 'playwright-core';

/**
 * Focuses every control in the tab order in turn; returns the HTML of those without a ring, or whose ring is cut off on more
 * than one side. The last key pressed must have been a key, so that the browser shows focus.
 */
export function findRingless(page: Page): Promise<string[]> {
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
      for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
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
    const focused = document.activeElement;
    if (focused instanceof HTMLElement) focused.blur();
    return controls.flatMap((control) => {
      const around = shownAround(control);
      const before = around.map(outlineOf);
      control.focus();
      if (document.activeElement !== control) return [];
      const ringed = around.find((element, at) => outlineOf(element) > (before[at] ?? 0));
      const html = control.outerHTML.slice(0, 120);
      if (!ringed || outlineOf(ringed) < RING_PX) return [`no ring: ${html}`];
      return cutSides(ringed) > 1 ? [`ring cut off: ${html}`] : [];
    });
  });
}
