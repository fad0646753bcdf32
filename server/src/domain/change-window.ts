/** When a window of changes is open, and opens next. Its clocks are those of its time zone, in winter and in summer. Pure. */
import type { ChangeWindow } from '@shopyard/contracts';
import { Cron } from 'croner';
import { type WaitingChange, waitsForResume } from './operations.ts';

/** No window at all is always open. */
export function isOpen(window: ChangeWindow | undefined, now: Date): boolean {
  if (!window) return true;
  const [opened] = cronOf(window, 'from').previousRuns(1, justAfter(now));
  return opened !== undefined && now < closingOf(window, opened);
}

/** The next time that it opens, after now. */
export function nextOpening(window: ChangeWindow, now: Date): Date {
  const openings = cronOf(window, 'from').nextRuns(2, now);
  // On the day that skips an hour, a window within that hour doesn't open.
  const next = openings.find((opening) => closingOf(window, opening) > opening);
  if (!next) throw new Error(`a window from ${window.from} to ${window.to} never opens`);
  return next;
}

export interface Opening {
  /** ISO 8601. */
  notBefore: string;
  tz: string;
}

/** What a change waits for: an opening or, without one, the resume of its store. */
export type Wait = Pick<WaitingChange, 'notBefore' | 'tz'>;

/** `undefined` while it is open. */
export function openingOf(window: ChangeWindow | undefined, now: Date): Opening | undefined {
  if (!window || isOpen(window, now)) return undefined;
  return { notBefore: nextOpening(window, now).toISOString(), tz: window.tz };
}

/** What a change that waits has to do now: begin, wait for another time than it says, or go on waiting. */
export function dueOfChange(
  wait: Wait,
  { window, suspended = false }: { window: ChangeWindow | undefined; suspended?: boolean | undefined },
  now: Date,
): 'start' | Wait | undefined {
  if (suspended && waitsForResume(wait)) return undefined;
  const opening = openingOf(window, now);
  if (!opening) return suspended ? {} : 'start';
  return opening.notBefore === wait.notBefore && opening.tz === wait.tz ? undefined : opening;
}

/** The next time that the clocks say `to`, which may be the day after. */
function closingOf(window: ChangeWindow, opened: Date): Date {
  // The clocks that skip an hour may open and close it at once: the library leaves the reference itself out.
  return cronOf(window, 'to').nextRun(new Date(opened.getTime() - 1000)) ?? opened;
}

function cronOf({ tz, days, from, to }: ChangeWindow, edge: 'from' | 'to'): Cron {
  const [hour, minute] = (edge === 'from' ? from : to).split(':').map(Number);
  const on = edge === 'from' ? days.join(',') : '*';
  return new Cron(`${minute} ${hour} * * ${on}`, { timezone: tz, mode: '5-part' });
}

/** So that a time of its own counts as passed: the library leaves the reference itself out, and knows whole seconds. */
export function justAfter(now: Date): Date {
  return new Date(Math.floor(now.getTime() / 1000 + 1) * 1000);
}
