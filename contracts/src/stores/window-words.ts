/** Windows of change for people. Separate from the schemas, so that a page that shows them loads no schema. */

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Weekday and time as people there write them, such as `Tue 02:00 Europe/Berlin`. `at`: ISO 8601. */
export function openingWords(at: string, tz: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: tz,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  return `${parts.get('weekday')} ${parts.get('hour')}:${parts.get('minute')} ${tz}`;
}

/** What a change waits for: `until Tue 02:00 Europe/Berlin`, or `until the store resumes` without a window. */
export function waitWords({ notBefore, tz }: { notBefore?: string | undefined; tz?: string | undefined }): string {
  return notBefore === undefined || tz === undefined
    ? 'until the store resumes'
    : `until ${openingWords(notBefore, tz)}`;
}

interface Accepted {
  suspended?: boolean | undefined;
  operation?: { state: string; notBefore?: string | undefined; tz?: string | undefined } | undefined;
}

/** What a change that was just accepted waits for; undefined if it doesn't wait. */
export function acceptedWait({ suspended = false, operation }: Accepted): string | undefined {
  if (operation?.state === 'waiting') return waitWords(operation);
  // The suspension itself may still be the operation that is shown.
  return suspended ? waitWords({}) : undefined;
}

/** See ChangeWindow. */
interface Times {
  days: readonly string[];
  from: string;
  to: string;
  tz: string;
}

/** Such as `tue, thu 02:00 to 04:00 Europe/Berlin`. */
export function openingDays({ days, from, to, tz }: Times): string {
  return `${days.join(', ')} ${from} to ${to} ${tz}`;
}

/** Also what a schedule's time zone is held against. */
export function isTimeZone(tz: string): boolean {
  try {
    return tz !== '' && new Intl.DateTimeFormat('en', { timeZone: tz }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
