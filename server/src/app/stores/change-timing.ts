/** Whether a change of a store begins at once, waits for its window, or is refused because another one waits. */
import { type ChangeWindow, openingWords, ShopyardError } from '@shopyard/contracts';
import { type Opening, openingOf } from '../../domain/change-window.ts';
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
export function openingFor(store: StoreRecord, { window, atOnce, at }: Timing): Opening | undefined {
  if (store.waiting) throw busy(store.waiting);
  return atOnce ? undefined : waitOf(store, { window, at });
}

/** What a plan says of it. */
export function timingNotes(store: StoreRecord, timing: Omit<Timing, 'atOnce'>): string[] {
  if (store.waiting) return ['A change to the store waits already: cancel it or apply it now before this one.'];
  const opening = waitOf(store, timing);
  return opening ? [`The store works, so the change waits until ${openingWords(opening.notBefore, opening.tz)}.`] : [];
}

function waitOf({ phase, running, profile }: StoreRecord, { window, at }: Omit<Timing, 'atOnce'>): Opening | undefined {
  const works = phase === 'Ready' && !running;
  return works ? openingOf(profile.window ?? window, at) : undefined;
}

/** Two that wait would each have to know the other's values. */
function busy({ id, actor, notBefore, tz }: NonNullable<StoreRecord['waiting']>): ShopyardError {
  return new ShopyardError(
    'busy',
    `a change by ${actor} waits until ${openingWords(notBefore, tz)} (${id}): cancel it or apply it now, then repeat your change`,
  );
}
