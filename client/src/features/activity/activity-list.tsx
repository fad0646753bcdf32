import { Bell, Box, Check, CircleDot, type LucideIcon, TriangleAlert, UserRound, Wrench } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Time } from '../../ui/time.tsx';
import styles from './activity.module.css';
import type { Activity } from './merge-activity.ts';

const ICONS: Record<Activity['kind'], LucideIcon> = {
  call: UserRound,
  phase: CircleDot,
  condition: Check,
  action: Wrench,
  attention: Bell,
  event: Box,
};

interface ActivityListProps {
  activities: readonly Activity[];
  /** Shows how long ago each was, in place of the time. */
  age?: boolean;
}

export function ActivityList({ activities, age = false }: ActivityListProps): ReactNode {
  return (
    <ol className={styles.list} aria-label="Activity, newest first">
      {activities.map((activity) => (
        <Row key={activity.key} activity={activity} age={age} />
      ))}
    </ol>
  );
}

const Row = memo(function Row({ activity, age }: { activity: Activity; age: boolean }): ReactNode {
  const { at, kind, warning, title, detail, count } = activity;
  const Icon = warning ? TriangleAlert : ICONS[kind];
  return (
    <li data-warning={warning}>
      <span className={styles.icon}>
        <Icon aria-hidden />
        {warning && <span className="visually-hidden">Warning: </span>}
      </span>
      <span className={styles.title}>
        {title}
        {count > 1 && (
          <span className={styles.repeats} title={`Happened ${count} times`}>
            × {count}
          </span>
        )}
      </span>
      <span className={styles.at}>
        <Time at={at} age={age} />
      </span>
      {detail && <span className={styles.detail}>{detail}</span>}
    </li>
  );
});
