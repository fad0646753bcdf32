/** The state of all stores over the last hours, from their history. */
import { z } from 'zod';
import { activityEntrySchema } from './activity.ts';
import { capacitySchema } from './capacity.ts';
import { chartVersionSchema, DEFAULT_ENGINE, engineSchema, phaseSchema } from '../stores/store.ts';

export const overviewInputSchema = z.object({
  hours: z.coerce.number().min(1).max(168).default(6),
  /** Limits `activity` to the times that stores came to need attention for this reason. */
  reason: z.string().max(63).optional(),
});
export type OverviewInput = z.infer<typeof overviewInputSchema>;

const series = z.array(z.number());

export const overviewSchema = z.object({
  /** Unix times in seconds, evenly spaced, oldest first. */
  times: series,
  /** When the history begins, in the same unit; absent before the first store. Nothing is known of earlier times. */
  begins: z.number().optional(),
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
  /** Newest first: the latest of all stores, or those of the period with the given reason. */
  activity: z.array(activityEntrySchema),
  capacity: capacitySchema,
});
export type Overview = z.infer<typeof overviewSchema>;

export const chartInputSchema = z.object({
  /** By default that of stores that are created without an engine. */
  engine: engineSchema.default(DEFAULT_ENGINE),
  /** By default that of new stores. */
  version: chartVersionSchema.optional(),
});
export type ChartInput = z.infer<typeof chartInputSchema>;

/** A value that people set, in their words. */
export const settingSchema = z.object({
  /** Keys of the value. */
  path: z.array(z.string()),
  label: z.string(),
  /** One or two sentences for people who don't know the chart. */
  hint: z.string(),
  /** Heading of the settings beside it. */
  group: z.string(),
  /** Whoever may change a store may set it; everything else is an administrator's. */
  tenant: z.literal(true).optional(),
});
export type Setting = z.infer<typeof settingSchema>;

/** What a store of one engine can be made of. */
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
  /**
   * JSON Schema (draft 7) of a store's values, without references. `description` says what a value is for, `default` is
   * the chart's.
   */
  schema: z.record(z.string(), z.unknown()),
  /** What people set, in display order; the schema has the rest. */
  settings: z.array(settingSchema),
});
export type Chart = z.infer<typeof chartSchema>;
