/** What a store's schedule and its expiry ask for at a given time. Pure. */
import { type Expiry, isTimeZone, type Schedule, type Store } from '@shopyard/contracts';
import { Cron } from 'croner';
import { justAfter } from './change-window.ts';

export type Due =
  /** The latest time that passed since the last change, by call or schedule: those missed before it count no more. */
  | { type: 'suspend' | 'resume'; at: Date }
  | { type: 'expire'; action: Expiry['action'] }
  | { type: 'warn'; expiry: Expiry };

const DAY_MS = 24 * 60 * 60_000;
const WARNINGS = [1, 3] as const;

type Planned = Pick<Store, 'schedule' | 'expiry' | 'suspended'>;

/** `undefined` if nothing is to be done. Its expiry comes first. */
export function dueOf({ schedule, expiry, suspended = false }: Planned, now: Date): Due | undefined {
  const expired = expiry && dueOfExpiry(expiry, suspended, now);
  // One that has expired is not woken any more.
  const isOver = expiry !== undefined && new Date(expiry.at) <= now;
  if (expired ?? (isOver || !schedule)) return expired;
  const due = latest(schedule, now);
  return due && (due.type === 'suspend') !== suspended ? due : undefined;
}

/** The warning that is due when an expiry is set counts as given: its setter knows. */
export function warnedAt(at: string, now: Date): Expiry['warned'] {
  return WARNINGS.find((days) => Date.parse(at) - now.getTime() <= days * DAY_MS);
}

function dueOfExpiry(expiry: Expiry, suspended: boolean, now: Date): Due | undefined {
  const { at, action, warned = Infinity } = expiry;
  if (Date.parse(at) <= now.getTime())
    return action === 'suspend' && suspended ? undefined : { type: 'expire', action };
  const days = warnedAt(at, now);
  return days !== undefined && days < warned ? { type: 'warn', expiry: { ...expiry, warned: days } } : undefined;
}

function latest({ sleep, wake, tz, since }: Schedule, now: Date): Extract<Due, { at: Date }> | undefined {
  const [slept, woken] = [lastTime(sleep, tz, now), lastTime(wake, tz, now)];
  const due =
    (woken ?? 0) >= (slept ?? 0) ? { type: 'resume' as const, at: woken } : { type: 'suspend' as const, at: slept };
  return due.at && due.at > new Date(since) ? { ...due, at: due.at } : undefined;
}

/** The latest time that is not in the future. */
function lastTime(pattern: string, tz: string, now: Date): Date | undefined {
  return new Cron(pattern, { timezone: tz, mode: '5-part' }).previousRuns(1, justAfter(now))[0];
}

/** The issues of a schedule, by field; empty if it is valid. */
export function checkSchedule({
  tz,
  sleep,
  wake,
}: Omit<Schedule, 'since'>): { field: keyof Schedule; message: string }[] {
  if (!isTimeZone(tz)) return [{ field: 'tz', message: 'use the name of a time zone, such as Europe/Berlin' }];
  const issues = (
    [
      ['sleep', sleep],
      ['wake', wake],
    ] as const
  ).flatMap(([field, pattern]) => {
    const message = checkPattern(pattern, tz);
    return message === undefined ? [] : [{ field, message }];
  });
  if (issues.length > 0 || sleep.trim() !== wake.trim()) return issues;
  return [{ field: 'wake', message: 'use other times than those of sleep' }];
}

const FORM = 'write minute, hour, day of the month, month and day of the week, such as 0 20 * * 1-5';

function checkPattern(pattern: string, tz: string): string | undefined {
  try {
    return new Cron(pattern, { timezone: tz, mode: '5-part' }).nextRun() ? undefined : 'this time never comes';
  } catch {
    return FORM;
  }
}
