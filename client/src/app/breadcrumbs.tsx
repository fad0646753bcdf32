import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { storesHref, useRoute } from '../lib/route.ts';
import { useStores } from '../live/use-stores.tsx';
import styles from './breadcrumbs.module.css';
import { PAGE_NAMES } from './use-page-title.ts';
import { PAGE_TITLE_ID } from './page-focus.tsx';

/** Where the page is: the title of every page. "Stores" leads back to the list as it was left: with its filter and sorting. */
export function Breadcrumbs(): ReactNode {
  const { page, id, params } = useRoute();
  const { stores } = useStores();
  const view = page === 'stores' ? params.toString() : undefined;
  const [lastView, setLastView] = useState('');
  if (view !== undefined && view !== lastView) setLastView(view);
  const listHref = storesHref(Object.fromEntries(new URLSearchParams(lastView)));
  return (
    <nav aria-label="Breadcrumbs" className={styles.crumbs}>
      <ol>
        {page === 'store' ? (
          <>
            <li>
              <a href={listHref}>Stores</a>
            </li>
            <li>
              <ChevronRight aria-hidden />
              <h1 id={PAGE_TITLE_ID} aria-current="page">
                {stores.get(id)?.name ?? 'Store'}
              </h1>
            </li>
          </>
        ) : (
          <li>
            <h1 id={PAGE_TITLE_ID} aria-current="page">
              {page === 'team' ? `Team ${id}` : PAGE_NAMES[page]}
            </h1>
          </li>
        )}
      </ol>
    </nav>
  );
}
