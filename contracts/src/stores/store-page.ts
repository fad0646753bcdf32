/** Pagination of the store list. */
import { z } from 'zod';
import { storeSchema } from './store.ts';

const LIMIT = 'must be a whole number from 1 to 1000';

export const listStoresSchema = z.object({
  /** Maximum number of stores; all of them if absent. */
  limit: z.coerce.number(LIMIT).int(LIMIT).min(1, LIMIT).max(1000, LIMIT).optional(),
  /** `next` of the previous page. */
  cursor: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z~\w+$/, 'send `next` of the previous page, unchanged')
    .optional(),
});
export type ListStores = z.infer<typeof listStoresSchema>;

export const storePageSchema = z.object({
  stores: z.array(storeSchema),
  /** The cursor of the next page; absent at the end. */
  next: z.string().optional(),
});
export type StorePage = z.infer<typeof storePageSchema>;
