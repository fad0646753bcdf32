/** What a client shows of an engine: titles, sizes and components. */
import { z } from 'zod';
import { chartSchema } from './overview.ts';

export const engineViewSchema = z.object({
  /** As in a store's `engine`. */
  id: z.string(),
  title: z.string(),
  /** Longer title, for a choice among engines. */
  about: z.string(),
  /** Whether its stores on this cluster run or are only simulated. */
  runs: z.enum(['real', 'simulated']),
  /** What its stores on the embedded cluster consist of, for a sentence that begins "Stores here are". */
  embedded: z.string(),
  sizes: chartSchema.shape.sizes,
  /** In the order in which people look at them; the name is that of workloads, and of pods' `component`. */
  components: z.array(z.object({ name: z.string(), title: z.string(), role: z.enum(['web', 'database', 'task']) })),
  /** Its stores' mail is captured and can be read. */
  mail: z.boolean(),
});
export type EngineView = z.infer<typeof engineViewSchema>;
