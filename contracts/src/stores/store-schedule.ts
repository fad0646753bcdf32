/** When a store is suspended and resumed by itself, and when it expires. */
import { z } from 'zod';

/** The server checks it: see setSchedule. */
const cron = z.string().max(100, 'use at most 100 characters');

const scheduleFields = {
  /** IANA name of the time zone, such as `Europe/Berlin`. */
  tz: z.string().max(64, 'use at most 64 characters'),
  /** Times at which the store is suspended: minute, hour, day of the month, month, day of the week, such as `0 20 * * 1-5`. */
  sleep: cron,
  /** Times at which it is resumed. */
  wake: cron,
};
const expiryFields = {
  at: z.iso.datetime(),
  action: z.enum(['suspend', 'delete']),
};

/** With what the server keeps. */
export const scheduleSchema = z.object({
  ...scheduleFields,
  /** What was due until then is done, or was overtaken by a call. */
  since: z.iso.datetime(),
});
export type Schedule = z.infer<typeof scheduleSchema>;

export const expirySchema = z.object({
  ...expiryFields,
  /** How many days before it the last warning was to come; absent before the first one. */
  warned: z.union([z.literal(3), z.literal(1)]).optional(),
});
export type Expiry = z.infer<typeof expirySchema>;

/** `null` takes it away. */
export const setScheduleSchema = z.object({ id: z.string(), schedule: z.object(scheduleFields).nullable() });
export type SetSchedule = z.infer<typeof setScheduleSchema>;

export const setExpirySchema = z.object({ id: z.string(), expiry: z.object(expiryFields).nullable() });
export type SetExpiry = z.infer<typeof setExpirySchema>;
