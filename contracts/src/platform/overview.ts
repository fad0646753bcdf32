/** The state of all stores over the last hours, from their history. */
import { z } from 'zod';
import { phaseSchema } from '../stores/store.ts';

export const overviewInputSchema = z.object({ hours: z.coerce.number().min(1).max(168).default(6) });
export type OverviewInput = z.infer<typeof overviewInputSchema>;

const series = z.array(z.number());

export const overviewSchema = z.object({
  /** Unix times in seconds, evenly spaced, oldest first. */
  times: series,
  /** Number of stores per phase at each time. Omits phases without stores. */
  phases: z.array(z.object({ phase: phaseSchema, counts: series })),
  /** Seconds from the create call to Ready, for the stores that became Ready between the previous time and each one. */
  provisioning: z.object({
    count: z.int(),
    p50: z.number().nullable(),
    p95: z.number().nullable(),
    /** The p50 at each time. */
    medians: z.array(z.number().nullable()),
    /** The p95 at each time. */
    slowest: z.array(z.number().nullable()),
  }),
  /** How often stores started to need attention, by reason, most frequent first. */
  failures: z.array(z.object({ reason: z.string(), count: z.int() })),
});
export type Overview = z.infer<typeof overviewSchema>;

/** Sizes of stores that are created without an engine. */
export const chartSchema = z.object({
  sizes: z.array(
    z.object({
      name: z.string(),
      /** For which shop it is, such as `about 50 orders a day`. */
      suits: z.string().optional(),
      /** Kubernetes quantities, one for each component, such as `768Mi + 512Mi`: CPU requested, memory at most, volumes. */
      cpu: z.string(),
      memory: z.string(),
      storage: z.string(),
      /** The sums, in bytes. */
      memoryBytes: z.number(),
      storageBytes: z.number(),
    }),
  ),
});
export type Chart = z.infer<typeof chartSchema>;
