/** An engine as clients show it: titles, sizes and components. */
import { z } from 'zod';
import { chartSchema } from './overview.ts';

export const engineViewSchema = z.object({
  /** Equals the `engine` of its stores. */
  id: z.string(),
  title: z.string(),
  /** Longer title, for a choice among engines. */
  about: z.string(),
  /** Whether its stores on this cluster run, are only simulated, or can't be created. */
  runs: z.enum(['real', 'simulated', 'unavailable']),
  /** Sentences for whoever chooses it: what its first store takes, or why there can be none and what helps. */
  notice: z.string().optional(),
  /** Describes its stores on the embedded cluster, as the end of a sentence that begins "Stores here are". */
  embedded: z.string(),
  sizes: chartSchema.shape.sizes,
  /** Values of a new store that names none. Currency and country only if the operator has set them. */
  defaults: z.object({ size: z.string().optional(), currency: z.string().optional(), country: z.string().optional() }),
  /** In display order. `name` is the name of the workload, and the `component` of its pods. */
  components: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      role: z.enum(['web', 'database', 'task']),
      /** Section of the values with its image and resources. */
      valuesKey: z.string(),
    }),
  ),
  /** Those of the stores' `versions` that are for people, in display order. */
  versions: z.array(z.object({ name: z.string(), title: z.string() })),
  /** By reason: fields of the values that fix it and that only this engine has. */
  fixes: z.record(z.string(), z.array(z.string())),
  /** What people call the administrator's pages. */
  adminTitle: z.string(),
  /** Pages of a store's administration, by what is done there, as `stores.loginLink` takes them. */
  adminPages: z.record(z.string(), z.string()),
  /** Its stores' mail is captured and can be read. */
  mail: z.boolean(),
});
export type EngineView = z.infer<typeof engineViewSchema>;
