import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { ExpiryForm } from './expiry-form.tsx';
import { ScheduleForm } from './schedule-form.tsx';
import styles from './settings.module.css';

/** When the store is suspended by itself. Both are saved at once, without a review: nothing that runs changes. */
export function CalendarForm({ store }: { store: Store }): ReactNode {
  return (
    <div className={styles.groups}>
      <ScheduleForm key={`schedule ${store.id}`} store={store} />
      <ExpiryForm key={`expiry ${store.id}`} store={store} />
    </div>
  );
}
