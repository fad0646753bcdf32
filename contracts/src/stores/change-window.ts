/** When working stores may be changed. */
import { z } from 'zod';
import { isTimeZone, WEEKDAYS } from './window-words.ts';

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
