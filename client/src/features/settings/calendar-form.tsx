import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { ExpiryForm } from './expiry-form.tsx';
import { ScheduleForm } from './schedule-form.tsx';
import styles from './settings.module.css';
import { WindowForm } from './window-form.tsx';

/** When the store is suspended by itself, and when it may be changed. All are saved at once, without a review: nothing that runs changes. */
export function CalendarForm({ store }: { store: Store }): ReactNode {
  return (
    <div className={styles.groups}>
      <ScheduleForm key={`schedule ${store.id}`} store={store} />
      <ExpiryForm key={`expiry ${store.id}`} store={store} />
      <WindowForm key={`window ${store.id}`} store={store} />
    </div>
  );
}
