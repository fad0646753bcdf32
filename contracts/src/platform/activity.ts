/** What happened to stores lately: the entries of their histories that people care about. */
import { z } from 'zod';
import { historyEntrySchema } from '../stores/store.ts';

export const activityEntrySchema = historyEntrySchema.omit({ message: true }).extend({
  storeId: z.string(),
  /** The store's name; absent if it was deleted before names were kept. */
  store: z.string().optional(),
  /** It is gone: there is no page to link to. */
  gone: z.literal(true).optional(),
});
export type ActivityEntry = z.infer<typeof activityEntrySchema>;
