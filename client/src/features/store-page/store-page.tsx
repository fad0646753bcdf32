import { lazy, type ReactNode, Suspense } from 'react';
import { storeHref, storesHref, useRoute } from '../../lib/route.ts';
import { EventsTab } from './events-tab.tsx';
import { MailTab } from './mail-tab.tsx';
import { ReleaseTab } from './release-tab.tsx';
import { Steps } from './steps.tsx';
import { StoreHeader } from './store-header.tsx';
import styles from './store-page.module.css';
import { Timeline } from './timeline.tsx';
import { Topology } from './topology.tsx';
import { type StoreDetail, useStoreDetail } from './use-store-detail.ts';
import { Why } from './why.tsx';

const LogsTab = lazy(() => import('../logs/logs-tab.tsx').then(({ LogsTab: component }) => ({ default: component })));

const TABS = [
  ['', 'Overview'],
  ['logs', 'Logs'],
  ['events', 'Events'],
  ['release', 'Values and manifest'],
] as const;
const MAIL = ['mail', 'Mail'] as const;

/** `withMail`: its mail is kept here. */
export function StorePage({ id, withMail }: { id: string; withMail: boolean }): ReactNode {
  const { params } = useRoute();
  const detail = useStoreDetail(id);
  const tab = params.get('tab') ?? '';

  if (detail.type === 'loading') return <p className={styles.panel}>Loading…</p>;
  if (detail.type !== 'detail') {
    return (
      <section className={styles.panel} aria-label="Store">
        <output>
          {detail.type === 'removed' ? `${detail.name} is deleted: nothing of it is left.` : 'There is no such store.'}
        </output>
        <p>
          <a href={storesHref()}>All stores</a>
        </p>
      </section>
    );
  }
  return (
    <article className={styles.page} aria-label={`Store ${detail.store.name}`}>
      <StoreHeader store={detail.store} />
      <Why detail={detail} />
      <nav className={styles.tabs} aria-label={`Of ${detail.store.name}`}>
        {[...TABS, ...(withMail ? [MAIL] : [])].map(([key, label]) => (
          <a key={key} href={storeHref(id, { tab: key })} aria-current={tab === key ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <Suspense fallback={<p>Loading…</p>}>{contentOf(tab, detail)}</Suspense>
    </article>
  );
}

function contentOf(tab: string, detail: StoreDetail): ReactNode {
  const { store, pods, timeline } = detail;
  switch (tab) {
    case 'logs':
      return <LogsTab id={store.id} name={store.name} pods={pods} />;
    case 'events':
      return <EventsTab id={store.id} />;
    case 'mail':
      return <MailTab id={store.id} />;
    case 'release':
      return <ReleaseTab key={store.observedGeneration} store={store} />;
    default:
      return (
        <div className={styles.columns}>
          <Steps store={store} />
          <Topology detail={detail} />
          <Timeline entries={timeline} />
        </div>
      );
  }
}
