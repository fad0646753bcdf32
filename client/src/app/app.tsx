import { needsAttention } from '@shopyard/contracts';
import { CircleHelp } from 'lucide-react';
import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { CreateStoreDialog } from '../features/create-store/create-store-dialog.tsx';
import { loadYaml } from '../features/create-store/load-yaml.ts';
import { prefetchSeveral } from '../features/create-store/several-stores.tsx';
import { StoreListPage } from '../features/store-list/store-list-page.tsx';
import { EnginesContext } from '../live/engines.ts';
import { useStores } from '../live/use-stores.ts';
import { logsPart, StoreDetailPage } from '../features/store-page/store-page.tsx';
import { useConnection } from '../live/api-provider.tsx';
import { lazyPart, whenIdle } from '../lib/lazy-part.ts';
import { navigate, parseRoute, storesHref, useRoute } from '../lib/route.ts';
import { useOffline } from '../live/use-offline.ts';
import { useShortcuts } from '../lib/use-shortcuts.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { Toaster } from '../ui/toaster.tsx';
import { Waiting } from '../ui/waiting.tsx';
import styles from './app.module.css';
import { ClusterBanner } from './cluster-banner.tsx';
import { ConnectionIndicator } from './connection-indicator.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { OutageNotice } from './outage-notice.tsx';
import { OwnershipBanner } from './ownership-banner.tsx';
import { OpenAccessBanner } from './open-access-banner.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { usePageTitle } from './use-page-title.ts';

const overview = lazyPart(async () => (await import('../features/overview/overview-page.tsx')).OverviewPage);
const help = lazyPart(async () => (await import('./help-dialog.tsx')).HelpDialog);

export function App(): ReactNode {
  const state = useStores();
  const route = useRoute();
  const filter = useRef<HTMLInputElement>(null);
  const wantsFilter = useRef(false);
  const filterRef = useCallback((field: HTMLInputElement | null) => {
    filter.current = field;
    if (wantsFilter.current) field?.focus();
  }, []);
  // The list page has rendered: its filter field is focused by now, or the list has none.
  useEffect(() => {
    if (route.page === 'stores') wantsFilter.current = false;
  }, [route.page]);
  const [dialog, setDialog] = useState<'create' | 'help'>();
  const close = (): void => setDialog(undefined);
  const shortcuts = useMemo(
    () => ({
      n: () => setDialog('create'),
      '?': () => setDialog('help'),
      '/': () => {
        if (filter.current) return filter.current.focus();
        // On other pages, focus the field once the list has rendered it.
        wantsFilter.current = parseRoute(location.hash).page !== 'stores';
        navigate(storesHref());
      },
    }),
    [],
  );
  useShortcuts(shortcuts);

  const { signInHint } = useConnection();
  const { offline } = useOffline();
  usePageTitle(state.stores, route);
  // Prefetch what dialogs and other pages need, so that they work while the server is unreachable.
  useEffect(() => whenIdle(prefetchAll), []);

  if (signInHint !== undefined) return <SignInPage hint={signInHint} />;
  const { platform, stores } = state;
  return (
    <EnginesContext value={platform?.engines}>
      <div className={styles.app}>
        {platform?.insecure && <OpenAccessBanner />}
        <header className={styles.header}>
          <h1>
            <a href={storesHref()}>Shopyard</a>
          </h1>
          <nav aria-label="Pages">
            <a href={storesHref()} aria-current={route.page === 'stores' ? 'page' : undefined}>
              Stores
            </a>
            <a href="#/overview" aria-current={route.page === 'overview' ? 'page' : undefined}>
              Overview
            </a>
          </nav>
          <ConnectionIndicator platform={platform} />
          <ThemeSwitch />
          <IconButton icon={CircleHelp} label="Keyboard and help" onClick={() => setDialog('help')} />
        </header>
        {platform && <ClusterBanner platform={platform} />}
        {platform && <OwnershipBanner platform={platform} />}
        <OfflineBar />
        <OutageNotice />
        <Toaster />
        <main className={styles.main}>
          <ErrorBoundary at={dialog ?? ''} online={!offline}>
            <Suspense fallback={undefined}>
              {dialog === 'create' && <CreateStoreDialog stores={stores} platform={platform} onClose={close} />}
              {dialog === 'help' && <help.Part onClose={close} />}
            </Suspense>
          </ErrorBoundary>
          <ErrorBoundary at={`${route.page}/${route.id}/${route.params.get('tab') ?? ''}`} online={!offline}>
            {route.page === 'stores' && (
              <StoreListPage state={state} filterRef={filterRef} onCreate={() => setDialog('create')} />
            )}
            {route.page === 'store' && <StoreDetailPage key={route.id} id={route.id} listed={stores.get(route.id)} />}
            {route.page === 'overview' && (
              <Suspense fallback={<Waiting />}>
                <overview.Part urgent={[...stores.values()].filter(needsAttention).length} />
              </Suspense>
            )}
            {route.page === 'unknown' && (
              <NotFound
                text="This page doesn't exist. Check the address."
                link={{ href: storesHref(), label: 'All stores' }}
              />
            )}
          </ErrorBoundary>
        </main>
      </div>
    </EnginesContext>
  );
}

function prefetchAll(): void {
  help.prefetch();
  overview.prefetch();
  logsPart.prefetch();
  prefetchSeveral();
  void loadYaml().catch(() => undefined);
}
