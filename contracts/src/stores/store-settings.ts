/** A store's values as they are. */
import { z } from 'zod';

/** Secrets are redacted; a redacted value that is sent back keeps the present one. */
export const shownValuesSchema = z.record(z.string(), z.unknown());

export const storeSettingsSchema = z.object({
  generation: z.int(),
  /** The store's own values. */
  own: shownValuesSchema,
  /** The chart's defaults, under the platform's values, under the store's own, under the platform's rules. */
  effective: shownValuesSchema,
});
export type StoreSettings = z.infer<typeof storeSettingsSchema>;
