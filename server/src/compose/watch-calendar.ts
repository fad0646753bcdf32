/** Carries out schedules and expiries. */
import { type CalendarWatch, createCalendarWatch } from '../app/stores/calendar-watch.ts';
import type { Foundation } from './foundation.ts';
import type { Live } from './live.ts';

export function watchCalendar(
  { process, data, connection, wakes }: Foundation,
  { liveStores, present }: Live,
): CalendarWatch {
  return createCalendarWatch({
    storage: data.storage,
    liveStores,
    present,
    reconciler: wakes.store,
    mayWrite: () => connection.lease.mayWrite(),
    process,
  });
}
