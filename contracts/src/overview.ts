/** How stores were over the last hours, from their history. */
import { z } from 'zod';
import { phaseSchema } from './store.ts';

export const overviewInputSchema = z.object({ hours: z.coerce.number().min(1).max(168).default(6) });
export type OverviewInput = z.infer<typeof overviewInputSchema>;

const series = z.array(z.number());

export const overviewSchema = z.object({
  /** Seconds since 1970, evenly spaced, oldest first. */
  times: series,
  /** Stores in each phase at each of the times; phases that no store was in are left out. */
  phases: z.array(z.object({ phase: phaseSchema, counts: series })),
  /** From the call to Ready, in seconds, of the stores that became Ready up to each time since the one before. */
  provisioning: z.object({
    count: z.int(),
    p50: z.number().nullable(),
    p95: z.number().nullable(),
    medians: z.array(z.number().nullable()),
    slowest: z.array(z.number().nullable()),
  }),
  /** How often a store came to need attention, by reason, most frequent first. */
  failures: z.array(z.object({ reason: z.string(), count: z.int() })),
});
export type Overview = z.infer<typeof overviewSchema>;

/** What the chart offers: for the form that makes a store. */
export const chartSchema = z.object({
  /** What each size asks of the cluster, as Kubernetes writes quantities. */
  sizes: z.array(z.object({ name: z.string(), cpu: z.string(), memory: z.string(), storage: z.string() })),
});
export type Chart = z.infer<typeof chartSchema>;
