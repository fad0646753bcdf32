/** Where the reader was in the list, kept in the history entry so that Back leads there again. */
import { type RefObject, useLayoutEffect } from 'react';

interface Place {
  top: number;
  /** Id of the row that had the focus. */
  row: string | undefined;
}

/** Restores the place of this history entry once. `remember` records it before the page is left. */
export function usePlace(
  scroller: RefObject<HTMLElement | null>,
  focusRow: (id: string) => void,
): { remember: (row: string | undefined) => void } {
  useLayoutEffect(() => {
    const place = parsePlace(history.state);
    if (!place) return;
    scroller.current?.scrollTo({ top: place.top });
    if (place.row !== undefined) focusRow(place.row);
  }, [scroller, focusRow]);
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
