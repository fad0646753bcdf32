import type { ReactNode } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { EventList } from './event-list.tsx';
import styles from './store-page.module.css';

/** Everything that Kubernetes tells of the store's objects, as long as it keeps it. */
export function EventsTab({ id }: { id: string }): ReactNode {
  const { data, error } = trpc.stores.events.useQuery({ id }, { refetchInterval: 3000 });
  if (error)
    return (
      <p role="alert" className={styles.error}>
        {error.message}
      </p>
    );
  if (!data) return <p>Asking the cluster…</p>;
  return data.events.length > 0 ? (
    <EventList events={data.events} />
  ) : (
    <p>None. Kubernetes keeps events for an hour.</p>
  );
}
