import type { KubeEvent } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { Time } from '../../ui/time.tsx';
import styles from './store-page.module.css';

export function EventList({ events }: { events: KubeEvent[] }): ReactNode {
  return (
    <ul className={styles.events} aria-label="Kubernetes events, newest first">
      {events.map((event) => (
        <li
          key={`${event.at} ${event.object} ${event.reason} ${event.message}`}
          data-warning={event.type === 'Warning'}
        >
          <Time at={event.at} age />
          <span>
            <strong>{event.reason}</strong> {event.object}
            {event.count > 1 && ` × ${event.count}`}
          </span>
          <span className={styles.detail}>{event.message}</span>
        </li>
      ))}
    </ul>
  );
}
