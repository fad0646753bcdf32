import type { Overview } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { setParams, storesHref, useRoute } from '../../lib/route.ts';
import { useMay } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { usePushed } from '../../live/use-pushed.ts';
import { useStores } from '../../live/use-stores.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { ActivityCard } from './activity-card.tsx';
import { AttentionCard } from './attention-card.tsx';
import { CapacityCard } from './capacity-card.tsx';
import { HomeSkeleton } from './home-skeleton.tsx';
import { Plots } from './plots.tsx';
import { parsePeriod, RANGES } from './period.ts';
import { WentWrongCard } from './went-wrong-card.tsx';
import styles from './home.module.css';

/** What needs attention, room for more stores, what happened lately, and how the stores did over a period. */
export function HomePage(): ReactNode {
  const { params } = useRoute();
  const { stores, loaded, platform } = useStores();
  const { offline } = useOffline();
  const { hours, reason } = parsePeriod(params);
  const { data, error, ...handlers } = usePushed<Overview>();
  trpc.platform.watchOverview.useSubscription({ hours, ...(reason === undefined ? {} : { reason }) }, handlers);
  const all = [...stores.values()];
  return (
    <section aria-label="Home" className={styles.page} aria-busy={!data && !error}>
      <div className={styles.head}>
        <h2 data-page-heading tabIndex={-1}>
          Home
        </h2>
        <Ranges hours={hours} />
      </div>
      {error && <p role="alert">{error}</p>}
      <div className={styles.grid}>
        {loaded && all.length === 0 ? <NoStores /> : <AttentionCard stores={all} loaded={loaded} />}
        {data && <CapacityCard capacity={data.capacity} engines={platform?.engines ?? []} />}
        {data && <ActivityCard activity={data.activity} period={{ hours, reason }} />}
        {data && <WentWrongCard failures={data.failures} period={{ hours, reason }} />}
        {data && <Plots overview={data} />}
        {!data && !error && !offline && <HomeSkeleton />}
      </div>
      {!data && !error && offline && <Waiting />}
    </section>
  );
}

function Ranges({ hours }: { hours: number }): ReactNode {
  return (
    <fieldset className={styles.ranges}>
      <legend className="visually-hidden">Time range</legend>
      {RANGES.map(({ hours: value, label }) => (
        <button
          key={value}
          type="button"
          data-size="small"
          aria-pressed={hours === value}
          onClick={() => setParams({ hours: String(value) })}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

function NoStores(): ReactNode {
  const mayCreate = useMay('stores.create');
  return (
    <section className={styles.card} data-wide="true" aria-label="Needs attention">
      <h2>No stores yet</h2>
      <p>Each store is a complete online shop. {mayCreate && <a href={storesHref()}>Create the first store</a>}</p>
    </section>
  );
}
