import { type ActivityEntry, reasonTitle } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { homeHref, storeHref } from '../../lib/route.ts';
import { Time } from '../../ui/time.tsx';
import { describeActivity } from './describe-activity.ts';
import { formatPeriod, type Period } from './period.ts';
import styles from './home.module.css';

interface ActivityCardProps {
  /** Newest first. */
  activity: readonly ActivityEntry[];
  period: Period;
}

/** What happened to all stores lately, or each time that something went wrong for one reason. */
export function ActivityCard({ activity, period: { hours, reason } }: ActivityCardProps): ReactNode {
  return (
    <section className={styles.card} data-wide="true" aria-label="Recent activity">
      <h2>{reason === undefined ? 'Recent activity' : `${reasonTitle(reason)}, in ${formatPeriod(hours)}`}</h2>
      {reason !== undefined && (
        <p>
          <a href={homeHref({ hours: String(hours) })}>Show all activity</a>
        </p>
      )}
      {activity.length === 0 ? (
        <p>{reason === undefined ? 'Nothing has happened yet.' : 'None in this period.'}</p>
      ) : (
        <ol className={styles.activity}>
          {activity.map((entry) => (
            <Entry key={entry.seq} entry={entry} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Entry({ entry }: { entry: ActivityEntry }): ReactNode {
  const { at, storeId, store = 'a store', gone } = entry;
  const { before, after, tone } = describeActivity(entry);
  return (
    <li data-tone={tone}>
      <span>
        {before} {gone ? <b>{store}</b> : <a href={storeHref(storeId)}>{store}</a>} {after}
      </span>
      <Time at={at} />
    </li>
  );
}
