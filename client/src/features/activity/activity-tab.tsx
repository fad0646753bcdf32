import type { HistoryEntry, KubeEventsEvent, Store } from '@shopyard/contracts';
import { Search } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { setParams, useRoute } from '../../lib/route.ts';
import { toSentence } from '../../lib/to-sentence.ts';
import { useMay } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { usePushed } from '../../live/use-pushed.ts';
import { ActivityList } from './activity-list.tsx';
import styles from './activity.module.css';
import { filterActivity, FILTERS, searchActivity } from './filter-activity.ts';
import { mergeActivity } from './merge-activity.ts';

const NO_EVENTS: KubeEventsEvent = { events: [] };
/** Rows rendered first, and added by "Show older". */
const PAGE = 200;

export interface ActivityTabProps {
  store: Pick<Store, 'id' | 'team'>;
  history: HistoryEntry[];
}

/** What happened to a store and its objects in the cluster. The address keeps filter and search. */
export function ActivityTab({ store, history }: ActivityTabProps): ReactNode {
  const { params } = useRoute();
  const { data = NO_EVENTS, error, ...handlers } = usePushed<KubeEventsEvent>();
  const mayReadEvents = useMay('stores.events', store);
  trpc.stores.watchEvents.useSubscription({ id: store.id }, { ...handlers, enabled: mayReadEvents });
  const [limit, setLimit] = useState(PAGE);
  const filter = params.get('show') ?? '';
  const text = params.get('q') ?? '';
  const merged = useMemo(() => mergeActivity(history, data.events), [history, data.events]);
  const found = useMemo(() => searchActivity(merged, text), [merged, text]);
  const shown = useMemo(() => filterActivity(found, filter), [found, filter]);
  const trouble = error ?? (data.trouble && toSentence(data.trouble));
  return (
    <section aria-label="Activity" className={styles.activity}>
      <div className={styles.tools}>
        <fieldset className={styles.chips}>
          <legend className="visually-hidden">Show</legend>
          {FILTERS.filter(({ key }) => key !== 'events' || mayReadEvents).map(({ key, label }) => (
            <button
              key={key}
              type="button"
              data-size="small"
              aria-pressed={filter === key}
              onClick={() => setParams({ show: key })}
            >
              {label} <span className={styles.count}>{filterActivity(found, key).length}</span>
            </button>
          ))}
        </fieldset>
        <label className={styles.search}>
          <Search aria-hidden />
          <input
            type="search"
            placeholder="Search activity"
            aria-label="Search activity"
            value={text}
            onChange={({ target }) => setParams({ q: target.value })}
          />
        </label>
      </div>
      {trouble && (
        <p role="alert" className={styles.trouble}>
          Cluster events can&apos;t be shown. {trouble}
        </p>
      )}
      {shown.length > 0 ? (
        <ActivityList activities={shown.slice(0, limit)} />
      ) : (
        <p className={styles.none}>{emptyText(filter, text)}</p>
      )}
      {shown.length > limit && (
        <p>
          <button type="button" onClick={() => setLimit(limit + PAGE)}>
            Show older ({shown.length - limit})
          </button>
        </p>
      )}
      <p className={styles.note}>
        {mayReadEvents
          ? 'Kubernetes keeps events for an hour.'
          : 'Operators and owners of the team also see events of the cluster here.'}{' '}
        Shopyard shows its latest 500 entries.
      </p>
    </section>
  );
}

function emptyText(filter: string, text: string): string {
  if (text.trim() !== '') return 'No activity matches.';
  return filter === 'warnings' ? 'No warnings.' : 'No activity yet.';
}
