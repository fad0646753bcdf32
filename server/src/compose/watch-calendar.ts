/** Carries out schedules and expiries, and begins the changes that wait for their windows. */
import { createCalendarWatch } from '../app/stores/calendar-watch.ts';
import { createChangeWatch } from '../app/stores/change-watch.ts';
import { type Repeated, together } from '../kit/repeat.ts';
import { createCallChecks } from './call-checks.ts';
import type { Foundation } from './foundation.ts';
import type { Live } from './live.ts';

export function watchCalendar(foundation: Foundation, live: Live): Repeated {
  const { process, connection } = foundation;
  const calls = createCallChecks(foundation, live);
  const mayWrite = (): boolean => connection.lease.mayWrite();
  const { storage, liveStores, present, reconciler } = calls;
  return together(
    createCalendarWatch({ storage, liveStores, present, reconciler, mayWrite, process }),
    createChangeWatch({ calls, mayWrite, process }),
  );
}
