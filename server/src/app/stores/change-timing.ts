/** Whether a change of a store begins at once, waits for its window or its resume, or is refused because another one waits. */
import { type ChangeWindow, ShopyardError, waitWords } from '@shopyard/contracts';
import { openingOf, type Wait } from '../../domain/change-window.ts';
import { type WaitingChange, waitsForResume } from '../../domain/operations.ts';
import type { StoreRecord } from '../../domain/store.ts';

export interface Timing {
  /** The platform's, for stores without one of their own. */
  window: ChangeWindow | undefined;
  /** The caller asked for it outside of the window, and said why. */
  atOnce: boolean;
  at: Date;
}

/**
 * `undefined` for at once, which is how a store is changed that doesn't work: waiting would keep it from its repair. Throws
 * ShopyardError `busy` while a change waits.
 */
export function waitFor(store: StoreRecord, timing: Timing): Wait | undefined {
  if (store.waiting) throw busy(store.waiting);
  return waitOf(store, timing);
}

/** In the history, of what somebody didn't want to wait. */
export function atOnceWords(store: StoreRecord | undefined, window: 'now' | undefined): string | undefined {
  return window && !(store && isAsleep(store)) ? 'at once' : undefined;
}

/** What a plan says of it. */
export function timingNotes(store: StoreRecord, timing: Omit<Timing, 'atOnce'>): string[] {
  if (store.waiting)
    return [
      `A change to the store waits already, ${waitWords(store.waiting)}: ${wayOut(store.waiting)} before this one.`,
    ];
  const wait = waitOf(store, { ...timing, atOnce: false });
  if (!wait) return [];
  if (isAsleep(store)) return ['The store is suspended, so the change waits until it resumes.'];
  return [`The store works, so the change waits ${waitWords(wait)}.`];
}

function waitOf(store: StoreRecord, { window, atOnce, at }: Timing): Wait | undefined {
  if (isAsleep(store)) return {};
  const works = store.phase === 'Ready' && !store.running;
  return works && !atOnce ? openingOf(store.profile.window ?? window, at) : undefined;
}

/** No helm runs for it. A held store gets a generation all the same: it can't be resumed without. */
const isAsleep = ({ desired, held }: StoreRecord): boolean => desired === 'suspended' && !held;

const wayOut = (waiting: Wait): string => (waitsForResume(waiting) ? 'cancel it' : 'cancel it or apply it now');

/** Two that wait would each have to know the other's values. */
function busy(waiting: WaitingChange): ShopyardError {
  const { id, actor } = waiting;
  return new ShopyardError(
    'busy',
    `a change by ${actor} waits ${waitWords(waiting)} (${id}): ${wayOut(waiting)}, then repeat your change`,
  );
}
