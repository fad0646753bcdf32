/**
 * A second history entry of a page with unsaved edits. Back then leads from the spare entry to the page's own one: the
 * address stays, nothing is rendered again, and the page can ask before it goes further.
 */

/** In the state of the page's own entry, once it has a spare one above it. */
const OWN = { spare: 'below' } as const;
const SPARE = { spare: 'here' } as const;

/** Does nothing if the page is on its spare entry already. */
export function enterSpareEntry(): void {
  if (isSpare(history.state)) return;
  history.replaceState({ ...history.state, ...OWN }, '');
  history.pushState({ ...history.state, ...SPARE }, '');
}

/** Calls `onBack` when Back has led from the spare entry to the page's own one. Returns the function that stops it. */
export function watchBack(onBack: () => void): () => void {
  const onPop = ({ state }: PopStateEvent): void => {
    if (spareOf(state) === OWN.spare) onBack();
  };
  addEventListener('popstate', onPop);
  return () => removeEventListener('popstate', onPop);
}

/** Whether an entry of this state is a spare one, which the next page may replace. */
export function isSpare(state: unknown): boolean {
  return spareOf(state) === SPARE.spare;
}

function spareOf(state: unknown): unknown {
  return typeof state === 'object' && state !== null && 'spare' in state ? state.spare : undefined;
}
