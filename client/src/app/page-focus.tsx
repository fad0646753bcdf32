import { type ReactNode, type RefObject, useEffect, useRef } from 'react';

/** Id of the heading that names the page. */
export const PAGE_TITLE_ID = 'page-title';

/** Renders nothing. It stands beside the page, so that it acts when a page that had to be loaded is there. */
export function PageFocus({ main, page }: { main: RefObject<HTMLElement | null>; page: string }): ReactNode {
  usePageFocus(main, page);
  return null;
}

/**
 * Shows a new page from its top, and moves the focus to the heading that it has for that, or to the page as a whole; both
 * are announced by the name of the page. Leaves the focus alone if the page has taken it itself. `page` changes with the
 * page, not with its tabs.
 */
function usePageFocus(main: RefObject<HTMLElement | null>, page: string): void {
  const before = useRef(page);
  useEffect(() => {
    if (before.current === page) return;
    before.current = page;
    scrollTo(0, 0);
    const { activeElement } = document;
    if (activeElement?.closest('main, dialog')?.contains(activeElement) && activeElement !== main.current) return;
    // What lies beside the page has a heading of its own.
    const heading = main.current?.querySelector<HTMLElement>('[data-page-heading]:not(aside *)');
    (heading ?? main.current)?.focus({ preventScroll: true });
  }, [main, page]);
}
