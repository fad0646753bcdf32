/** Where the reader was in the list, kept in the history entry so that Back leads there again. */
import { type RefObject, useEffectEvent, useLayoutEffect } from 'react';

interface Place {
  top: number;
  /** Id of the row that had the focus. */
  row: string | undefined;
}

/**
 * Restores the place of this history entry once. `remember` records it before the page is left. `leadTo` focuses a row and
 * scrolls it into view: cards above it may have changed their heights meanwhile.
 */
export function usePlace(
  scroller: RefObject<HTMLElement | null>,
  leadTo: (id: string) => void,
): { remember: (row: string | undefined) => void } {
  const restore = useEffectEvent(() => {
    const place = parsePlace(history.state);
    if (!place) return;
    scroller.current?.scrollTo({ top: place.top });
    if (place.row !== undefined) leadTo(place.row);
  });
  useLayoutEffect(() => restore(), []);
  return {
    remember: (row) => history.replaceState({ place: { top: scroller.current?.scrollTop ?? 0, row } }, ''),
  };
}

/** The list has another order or filter, and starts at its top. */
export function forgetPlace(): void {
  history.replaceState(null, '');
}

/** Undefined for the state of other pages. */
function parsePlace(state: unknown): Place | undefined {
  const { place } = (state ?? {}) as { place?: Partial<Place> };
  if (typeof place?.top !== 'number') return undefined;
  return { top: place.top, row: typeof place.row === 'string' ? place.row : undefined };
}
