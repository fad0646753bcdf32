import { type ReactNode, Suspense, useRef } from 'react';
import { useRoute } from '../lib/route.ts';
import { EnginesContext } from '../live/engines.ts';
import { useConnection } from '../live/api-provider.tsx';
import { useOffline } from '../live/use-offline.ts';
import { useStores } from '../live/use-stores.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { Toaster } from '../ui/toaster.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { DialogsProvider } from './dialogs.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { OpenAccessBanner } from './open-access-banner.tsx';
import { OutageNotice } from './outage-notice.tsx';
import { OwnershipBanner } from './ownership-banner.tsx';
import { PAGE_TITLE_ID, PageFocus } from './page-focus.tsx';
import { CurrentPage } from './pages.tsx';
import styles from './shell.module.css';
import { SideBar } from './side-bar.tsx';
import { signInAgain, signInPage } from './sign-in-parts.ts';
import { TopBar } from './top-bar.tsx';
import { useClientLinks, useHashLinks } from './use-client-links.ts';
import { usePageTitle } from './use-page-title.ts';

/** The frame around every page: side bar, top bar, what concerns all pages, and the page itself. */
export function Shell(): ReactNode {
  const { stores, platform, loaded } = useStores();
  const { page, id, tab } = useRoute();
  const { signInHint, refusedLink } = useConnection();
  const { offline } = useOffline();
  const main = useRef<HTMLElement>(null);
  usePageTitle(stores, { page, id, tab });
  useClientLinks();
  useHashLinks();
  if (signInHint !== undefined && !loaded)
    return (
      <Suspense fallback={<Waiting />}>
        <signInPage.Part hint={signInHint} refused={refusedLink} />
      </Suspense>
    );
  return (
    <EnginesContext value={platform?.engines}>
      <DialogsProvider>
        <a className={styles.skip} href="#main">
          Skip to content
        </a>
        <div className={styles.shell}>
          <SideBar stores={stores} loaded={loaded} />
          <div className={styles.column}>
            {platform && <OpenAccessBanner platform={platform} />}
            <TopBar platform={platform} />
            <div className={styles.notices}>
              {platform && <OwnershipBanner platform={platform} />}
              <OfflineBar />
              <OutageNotice />
            </div>
            <main ref={main} id="main" tabIndex={-1} aria-labelledby={PAGE_TITLE_ID} className={styles.main}>
              <ErrorBoundary at={`${page}/${id}/${tab}`} online={!offline}>
                <CurrentPage>
                  <PageFocus main={main} page={`${page}/${id}`} />
                </CurrentPage>
              </ErrorBoundary>
            </main>
          </div>
        </div>
        <Toaster />
        {signInHint !== undefined && (
          <Suspense fallback={undefined}>
            <signInAgain.Part hint={signInHint} />
          </Suspense>
        )}
      </DialogsProvider>
    </EnginesContext>
  );
}
