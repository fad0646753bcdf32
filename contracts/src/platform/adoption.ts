/** Stores on this cluster that belong to another Shopyard installation, and their adoption. */
import { z } from 'zod';

/** One difference once this server manages the store. */
export const adoptionChangeSchema = z.object({
  /** `chart`, or a dotted path in the values. */
  what: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
});
export type AdoptionChange = z.infer<typeof adoptionChangeSchema>;

export const adoptableStoreSchema = z.object({
  id: z.string(),
  name: z.string(),
  namespace: z.string(),
  /** `unknown` for stores older than the installation label on namespaces. */
  installation: z.string(),
  createdAt: z.iso.datetime(),
  /** Its previous installation has accepted a request to delete it. */
  removalAsked: z.boolean(),
  /** The installed release, if there is one. `chart` and `url` are absent if they can't be read. */
  release: z
    .object({ revision: z.int(), status: z.string(), chart: z.string().optional(), url: z.string().optional() })
    .optional(),
  /**
   * Changes that the first update or retry applies; adoption itself applies none. Only the address if the release can't
   * be read.
   */
  changes: z.array(adoptionChangeSchema),
  /** Why the store can't be adopted. */
  conflict: z.string().optional(),
});
export type AdoptableStore = z.infer<typeof adoptableStoreSchema>;

export const adoptableInputSchema = z.object({
  /** Limits the list to this installation's stores. */
  installation: z.string().max(63).optional(),
});
export type AdoptableInput = z.infer<typeof adoptableInputSchema>;

export const adoptableSchema = z.object({ stores: z.array(adoptableStoreSchema) });
export type Adoptable = z.infer<typeof adoptableSchema>;

export const adoptSchema = z.object(
  {
    installation: z.string({ error: 'send the id of the installation whose stores are to be adopted' }).min(1).max(63),
    /** Store names; all of the installation's stores if absent. */
    stores: z.array(z.string().max(63)).min(1, 'name at least one store, or omit `stores`').max(10_000).optional(),
    /** Must repeat the installation's id. */
    confirm: z.string({ error: "send the installation's id as `confirm`" }),
  },
  { error: 'send a JSON object such as {"installation": "in_…", "confirm": "in_…"}' },
);
export type Adopt = z.infer<typeof adoptSchema>;

export const adoptionSchema = z.object({
  adopted: z.array(z.string()),
  skipped: z.array(z.object({ name: z.string(), why: z.string() })),
});
export type Adoption = z.infer<typeof adoptionSchema>;
