/** Stores on this cluster that another installation of Shopyard made, and taking them over. */
import { z } from 'zod';

/** Something that would be different once this server manages the store. */
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
  /** `unknown` for stores from before namespaces said whose they are. */
  installation: z.string(),
  createdAt: z.iso.datetime(),
  /** Its former installation was asked to remove it. */
  removalAsked: z.boolean(),
  /** What is installed; absent where there is no release. Without chart and address where they can't be read. */
  release: z
    .object({ revision: z.int(), status: z.string(), chart: z.string().optional(), url: z.string().optional() })
    .optional(),
  /**
   * Nothing of this happens at the adoption: it comes with the first update or retry. Of a release that can't be read, no
   * more than the address.
   */
  changes: z.array(adoptionChangeSchema),
  /** Why it can't be adopted. */
  conflict: z.string().optional(),
});
export type AdoptableStore = z.infer<typeof adoptableStoreSchema>;

export const adoptableInputSchema = z.object({
  /** Only the stores of this one. */
  installation: z.string().max(63).optional(),
});
export type AdoptableInput = z.infer<typeof adoptableInputSchema>;

export const adoptableSchema = z.object({ stores: z.array(adoptableStoreSchema) });
export type Adoptable = z.infer<typeof adoptableSchema>;

export const adoptSchema = z.object(
  {
    installation: z.string({ error: 'send the id of the installation whose stores are to be adopted' }).min(1).max(63),
    /** Names; all of its stores without it. */
    stores: z.array(z.string().max(63)).min(1, 'name at least one store, or leave `stores` out').max(10_000).optional(),
    /** The installation's id once more. */
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
