import type { HistoryEntry } from '@shopyard/contracts';
import { type ReactNode, useMemo } from 'react';
import { storeHref } from '../../lib/route.ts';
import { ActivityList } from './activity-list.tsx';
import styles from './activity.module.css';
import { mergeActivity } from './merge-activity.ts';

const SHOWN = 5;

/** The latest entries of a store's history, with a link to all activity. */
export function RecentActivity({ id, history }: { id: string; history: HistoryEntry[] }): ReactNode {
  const recent = useMemo(() => mergeActivity(history, []).slice(0, SHOWN), [history]);
  return (
    <section aria-label="Recent activity">
      <h3 className={styles.heading}>
        Recent activity <a href={storeHref(id, { tab: 'activity' })}>All activity</a>
      </h3>
      <ActivityList activities={recent} age />
    </section>
  );
}
