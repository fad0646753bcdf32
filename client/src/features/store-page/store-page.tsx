import type { Store } from '@shopyard/contracts';
import { type ReactNode, Suspense, useContext, useEffect } from 'react';
import { useMe, useCaller } from '../../live/caller.tsx';
import { EnginesContext, useEngine } from '../../live/engines.ts';
import { lazyPart } from '../../lib/lazy-part.ts';
import { redirect, storeHref, storesHref, useRoute } from '../../lib/route.ts';
import { NotFound } from '../../ui/not-found.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { RecentActivity } from '../activity/recent-activity.tsx';
import { Remains } from './remains.tsx';
import { HeaderSkeleton, SectionSkeleton, TabSkeleton } from './skeletons.tsx';
import { Steps } from './steps.tsx';
import { StoreHeader } from './store-header.tsx';
import styles from './store-page.module.css';
import { MAIL, tabsOf, whyClosed } from './store-tabs.ts';
import { Topology } from './topology.tsx';
import { type StoreDetail, useListedDetail } from './use-store-detail.ts';
import { StatusReason } from './status-reason.tsx';

const mailPart = lazyPart(async () => (await import('../mail/mail-tab.tsx')).MailTab);
const settingsPart = lazyPart(async () => (await import('../settings/settings-tab.tsx')).SettingsTab);
const activityPart = lazyPart(async () => (await import('../activity/activity-tab.tsx')).ActivityTab);
const revisionsPart = lazyPart(async () => (await import('../revisions/revisions-tab.tsx')).RevisionsTab);
const logsPart = lazyPart(async () => (await import('../logs/logs-tab.tsx')).LogsTab);

/** Tabs that are loaded on their own. */
export const TAB_PARTS = [activityPart, logsPart, mailPart, revisionsPart, settingsPart] as const;

/** Links from before a tab became a part of another one. */
const MOVED: Readonly<Record<string, { tab: string; show: string } | undefined>> = {
  events: { tab: 'activity', show: 'events' },
  release: { tab: 'revisions', show: 'installed' },
};

interface StoreDetailPageProps {
  id: string;
  /** The store as the list has it, shown until the details arrive. */
  listed: Store | undefined;
}

export function StoreDetailPage({ id, listed }: StoreDetailPageProps): ReactNode {
  const { tab: asked } = useRoute();
  const moved = MOVED[asked];
  useEffect(() => {
    if (moved) redirect(storeHref(id, moved));
  }, [id, moved]);
  const detail = useListedDetail(id, listed);
  const tab = moved?.tab ?? asked;
  const engines = useContext(EnginesContext);
  const engine = useEngine(detail.type === 'detail' ? detail.store.engine : undefined);
  const mail = engine?.mail ?? (engines ? false : undefined);
  const caller = useCaller();
  const { asked: isCallerKnown } = useMe();
  const store = detail.type === 'detail' ? detail.store : listed;
  const tabs = tabsOf(mail ?? false, caller, isCallerKnown ? store : undefined);
  const closed = store && whyClosed(tab, caller, store);
  const known = tabs.some(([key]) => key === tab) || (mail === undefined && tab === MAIL[0]);
  const tabLinks = tabs.map(([key, label]) => (
    <a key={key} href={storeHref(id, { tab: key })} aria-current={tab === key ? 'page' : undefined}>
      {label}
    </a>
  ));

  if (detail.type === 'loading' || !isCallerKnown)
    return (
      <Waiting>
        <div className={styles.page}>
          <HeaderSkeleton />
          <nav className={styles.tabs} aria-label="Tabs">
            {tabLinks}
          </nav>
          <TabSkeleton tab={tab} />
        </div>
      </Waiting>
    );
  if (detail.type === 'missing')
    return (
      <NotFound text="Store not found. It may have been deleted." link={{ href: storesHref(), label: 'All stores' }} />
    );
  if (detail.type === 'removed') {
    return (
      <section className={styles.panel} aria-label="Store">
        <output>{detail.name} was deleted, with all its data.</output>
        <p>
          <a href={storesHref()}>All stores</a>
        </p>
      </section>
    );
  }
  return (
    <article className={styles.page} aria-label={`Store ${detail.store.name}`}>
      <StoreHeader store={detail.store} />
      <StatusReason detail={detail} />
      <nav className={styles.tabs} aria-label={`Tabs of ${detail.store.name}`}>
        {tabLinks}
      </nav>
      {closed !== undefined ? (
        <section className={styles.panel} aria-label="No access">
          <p>This page may show secrets of the store. {closed}</p>
        </section>
      ) : known ? (
        <Suspense fallback={<TabWaiting tab={tab} />}>{renderTab(tab, detail)}</Suspense>
      ) : (
        <NotFound
          text="This store has no page at this address."
          link={{ href: storeHref(id), label: `Overview of ${detail.store.name}` }}
        />
      )}
    </article>
  );
}

function TabWaiting({ tab }: { tab: string }): ReactNode {
  return (
    <Waiting>
      <TabSkeleton tab={tab} />
    </Waiting>
  );
}

function renderTab(tab: string, detail: StoreDetail): ReactNode {
  const { store, pods, history, aheadMs, partial } = detail;
  switch (tab) {
    case 'logs':
      return partial ? <TabWaiting tab={tab} /> : <logsPart.Part store={store} pods={pods} />;
    case 'activity':
      return partial ? <TabWaiting tab={tab} /> : <activityPart.Part store={store} history={history} />;
    case 'mail':
      return <mailPart.Part id={store.id} />;
    case 'settings':
      return <settingsPart.Part detail={detail} />;
    case 'revisions':
      return <revisionsPart.Part detail={detail} />;
    default:
      return (
        <div className={styles.columns}>
          {store.phase === 'Deleting' && !partial ? (
            <Remains detail={detail} />
          ) : (
            <Steps store={store} aheadMs={aheadMs} />
          )}
          {partial ? (
            <Waiting>
              <SectionSkeleton />
              <SectionSkeleton />
            </Waiting>
          ) : (
            <>
              <Topology detail={detail} />
              <RecentActivity id={store.id} history={history} />
            </>
          )}
        </div>
      );
  }
}
