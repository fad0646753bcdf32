/** When working stores may be changed. */
import { z } from 'zod';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const FORM = 'write hours and minutes, such as 02:00';

/** On these days it opens at `from` and closes at the next `to`, which may be on the day after. */
export const changeWindowSchema = z
  .object({
    /** IANA name of the time zone, such as `Europe/Berlin`. */
    tz: z.string().refine(isTimeZone, 'use the name of a time zone, such as Europe/Berlin'),
    /** On which it opens. */
    days: z
      .array(z.enum(WEEKDAYS, `choose days such as ${WEEKDAYS.join(', ')}`))
      .min(1, 'choose at least one day')
      .max(WEEKDAYS.length, 'name each day once'),
    from: z.string().regex(TIME, FORM),
    to: z.string().regex(TIME, FORM),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], error: 'use another time than that of `from`' });
export type ChangeWindow = z.infer<typeof changeWindowSchema>;

/** `null` takes it away: the platform's counts again. */
export const setWindowSchema = z.object({ id: z.string(), window: changeWindowSchema.nullable() });
export type SetWindow = z.infer<typeof setWindowSchema>;

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

/** Such as `tue, thu 02:00 to 04:00 Europe/Berlin`. */
export function openingDays({ days, from, to, tz }: ChangeWindow): string {
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
