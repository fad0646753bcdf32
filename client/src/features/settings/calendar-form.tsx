import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { useMay } from '../../live/caller.tsx';
import { ExpiryForm } from './expiry-form.tsx';
import { ScheduleForm } from './schedule-form.tsx';
import styles from './settings.module.css';
import { WindowForm } from './window-form.tsx';

/** When the store is suspended by itself, and when it may be changed. All are saved at once, without a review: nothing that runs changes. Who may not change them sees those that are set. */
export function CalendarForm({ store }: { store: Store }): ReactNode {
  const mayChange = useMay('stores.setSchedule', store);
  return (
    <fieldset className={`${styles.fields} ${styles.groups}`} disabled={!mayChange}>
      {(mayChange || store.schedule) && <ScheduleForm key={`schedule ${store.id}`} store={store} />}
      {(mayChange || store.expiry) && <ExpiryForm key={`expiry ${store.id}`} store={store} />}
      {(mayChange || store.window) && <WindowForm key={`window ${store.id}`} store={store} />}
    </fieldset>
  );
}
