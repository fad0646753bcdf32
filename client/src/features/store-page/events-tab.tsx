import type { KubeEventsEvent } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { trpc } from '../../live/trpc.ts';
import { usePushed } from '../../live/use-pushed.ts';
import { Waiting } from '../../ui/waiting.tsx';
import { EventList } from './event-list.tsx';
import styles from './store-page.module.css';

/** Kubernetes events for the store's objects, for as long as the cluster keeps them. */
export function EventsTab({ id }: { id: string }): ReactNode {
  const { data, error, ...handlers } = usePushed<KubeEventsEvent>();
  trpc.stores.watchEvents.useSubscription({ id }, handlers);
  const trouble = error ?? data?.trouble;
  if (trouble)
    return (
      <p role="alert" className={styles.error}>
        {trouble}
      </p>
    );
  if (!data) return <Waiting />;
  return data.events.length > 0 ? (
    <EventList events={data.events} />
  ) : (
    <p>No events. Kubernetes keeps them for an hour.</p>
  );
}
