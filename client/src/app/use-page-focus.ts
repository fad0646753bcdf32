import { type RefObject, useEffect, useRef } from 'react';

/**
 * Shows a new page from its top, and moves the focus to a new page's heading, which also announces the page, unless the page has taken the focus itself.
 * `page` changes with the page, not with its tabs.
 */
export function usePageFocus(main: RefObject<HTMLElement | null>, page: string): void {
  const before = useRef(page);
  useEffect(() => {
    if (before.current === page) return;
    before.current = page;
    scrollTo(0, 0);
    const { activeElement } = document;
    if (activeElement?.closest('main, dialog')?.contains(activeElement) && activeElement !== main.current) return;
    const heading = main.current?.querySelector<HTMLElement>('[data-page-heading], h1, h2');
    if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1;
    (heading ?? main.current)?.focus({ preventScroll: true });
  }, [main, page]);
}
