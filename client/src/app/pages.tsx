import { type ReactNode, Suspense } from 'react';
import { StoreListPage, storePane } from '../features/store-list/store-list-page.tsx';
import { lazyPart, loadOnce } from '../lib/lazy-part.ts';
import { storesHref, useRoute } from '../lib/route.ts';
import { useStores } from '../live/use-stores.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { useDialogs } from './use-dialogs.ts';

const home = lazyPart(async () => (await import('../features/home/home-page.tsx')).HomePage);
const loadStorePage = loadOnce(() => import('../features/store-page/store-page.tsx'));
const storeDetail = lazyPart(async () => (await loadStorePage()).StoreDetailPage);

/** The page of the current address. `children` appear with it, not while it is loaded. */
export function CurrentPage({ children }: { children: ReactNode }): ReactNode {
  return (
    <Suspense fallback={<Waiting />}>
      <Page />
      {children}
    </Suspense>
  );
}

function Page(): ReactNode {
  const { page, id } = useRoute();
  const state = useStores();
  const { filterRef, open } = useDialogs();
  switch (page) {
    case 'home':
      return <home.Part />;
    case 'stores':
      return <StoreListPage state={state} filterRef={filterRef} onCreate={() => open('create')} />;
    case 'store':
      return <storeDetail.Part key={id} id={id} listed={state.stores.get(id)} />;
    case 'unknown':
      return (
        <NotFound
          text="This page doesn't exist. Check the address."
          link={{ href: storesHref(), label: 'All stores' }}
        />
      );
  }
}

export function prefetchPages(): void {
  home.prefetch();
  storePane.prefetch();
  void loadStorePage().then(
    ({ TAB_PARTS }) => TAB_PARTS.forEach((part) => part.prefetch()),
    () => undefined,
  );
}
