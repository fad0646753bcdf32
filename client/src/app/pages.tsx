import { type ReactNode, Suspense } from 'react';
import { StoreListPage } from '../features/store-list/store-list-page.tsx';
import { StoreDetailPage, TAB_PARTS } from '../features/store-page/store-page.tsx';
import { lazyPart } from '../lib/lazy-part.ts';
import { storesHref, useRoute } from '../lib/route.ts';
import { useStores } from '../live/use-stores.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { useDialogs } from './use-dialogs.ts';

const home = lazyPart(async () => (await import('../features/home/home-page.tsx')).HomePage);

/** The page of the current address. */
export function CurrentPage(): ReactNode {
  const { page, id } = useRoute();
  const state = useStores();
  const { filterRef, open } = useDialogs();
  switch (page) {
    case 'home':
      return (
        <Suspense fallback={<Waiting />}>
          <home.Part />
        </Suspense>
      );
    case 'stores':
      return <StoreListPage state={state} filterRef={filterRef} onCreate={() => open('create')} />;
    case 'store':
      return <StoreDetailPage key={id} id={id} listed={state.stores.get(id)} />;
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
  for (const part of TAB_PARTS) part.prefetch();
}
