import { createContext, useContext, useSyncExternalStore } from 'react';

/** Epoch milliseconds, updated once a second while anybody looks. */
export interface PageClock {
  now: () => number;
  subscribe: (listener: () => void) => () => void;
}

/** One timer for the whole page. */
export function createPageClock(): PageClock {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  return {
    now: () => now,
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(() => {
        now = Date.now();
        for (const notify of listeners) notify();
      }, 1000);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

export const PageClockContext = createContext<PageClock | undefined>(undefined);

/** Current epoch milliseconds, updated once a second. */
export function useNow(): number {
  const clock = useContext(PageClockContext);
  if (!clock) throw new Error('useNow needs a PageClockContext around it');
  return useSyncExternalStore(clock.subscribe, clock.now);
}

/** Epoch milliseconds at which the current day begins, in the local time zone. */
export function useToday(): number {
  const clock = useContext(PageClockContext);
  if (!clock) throw new Error('useToday needs a PageClockContext around it');
  return useSyncExternalStore(clock.subscribe, () => new Date(clock.now()).setHours(0, 0, 0, 0));
}
