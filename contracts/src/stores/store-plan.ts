/** What a change of a store, or a new store, would do, judged before anything happens. */
import { z } from 'zod';
import { teamIdSchema } from '../access/teams.ts';
import { storeNameSchema } from './store-name.ts';
import { labelsShape } from './store-profile.ts';
import { atOnceSchema, saysWhy, WHY_NOW } from './operation.ts';
import { reasonSchema } from './store-reason.ts';
import { valueChangesSchema } from './value-changes.ts';
import { chartVersionSchema, confirmSchema, engineSchema, storeValuesSchema } from './store.ts';

export const planStoreSchema = z
  .object({
    /** The store to change. */
    id: z.string().optional(),
    /** The name of a new store, instead of an id. */
    name: storeNameSchema.optional(),
    /** Of a new store. */
    engine: engineSchema.optional(),
    /** All of the store's own values, as `stores.update` and `stores.create` take them; with `chart`, the present ones by default. */
    values: storeValuesSchema.optional(),
    /** Of a store to change. */
    chart: chartVersionSchema.optional(),
    /** The one that the values are made from: a store at another generation is refused with `generation_mismatch`. */
    generation: z.int().optional(),
    ...labelsShape,
    /** Of a new store. */
    team: teamIdSchema.optional(),
  })
  .refine(
    ({ id, name }) => (id === undefined) !== (name === undefined),
    'send `id` to change a store, or `name` for a new one',
  )
  .refine(
    ({ id, chart }) => chart === undefined || id !== undefined,
    'a new store gets the present chart: leave it out',
  )
  .refine(
    ({ id, generation }) => generation === undefined || id !== undefined,
    'a new store has no generation: leave it out',
  );
export type PlanStore = z.infer<typeof planStoreSchema>;

/**
 * What happens to an object. `restarts`: its running pods are replaced. `replaced`: another one takes its place.
 * `refused`: the cluster does not accept it, or none of its pods.
 */
export const VERDICTS = ['unchanged', 'created', 'changed', 'restarts', 'replaced', 'removed', 'refused'] as const;
export type ObjectVerdict = (typeof VERDICTS)[number];

export const plannedObjectSchema = z.object({
  kind: z.string(),
  /** Without the parts that each revision renames. */
  name: z.string(),
  verdict: z.enum(VERDICTS),
  /** One clause or sentence; of a refusal, in the cluster's words. */
  why: z.string().optional(),
  /** Lines in the unified format, without a header; secrets are redacted. Empty if nothing else differs. */
  diff: z.string(),
});
export type PlannedObject = z.infer<typeof plannedObjectSchema>;

export const impactSchema = z.object({
  /** Titles of the components whose running pods are replaced. */
  restarts: z.array(z.string()),
  /** How long the shop was closed when that was last measured. Absent if nothing restarts, or nothing was measured yet. */
  closedSeconds: z.int().optional(),
  /** Tasks of the setup run again. */
  setupRuns: z.boolean(),
  /** Whether newer software changes the database's contents or format. */
  database: z.enum(['no', 'maybe', 'yes']),
  /** `free`: the former values bring the former store back. `none`: they may not. */
  back: z.enum(['free', 'none']),
  /** All of it for people, in one or two sentences. */
  words: z.string(),
});
export type Impact = z.infer<typeof impactSchema>;

export const storePlanSchema = z.object({
  planId: z.string(),
  /** `stores.applyPlan` takes the plan until then. */
  expiresAt: z.iso.datetime(),
  /** The generation that the plan is for; 0 for a new store. */
  generation: z.int(),
  /** Effective values that differ; of a new store, from those of one without values. */
  values: valueChangesSchema,
  /** The chart's versions, if it becomes another one. */
  chart: z.object({ before: z.string(), after: z.string() }).optional(),
  /** All objects of the store, those that stay the same last. */
  objects: z.array(plannedObjectSchema),
  impact: impactSchema,
  /** What could not be judged beforehand, and what is worth knowing, in sentences. */
  notes: z.array(z.string()),
});
export type StorePlan = z.infer<typeof storePlanSchema>;

export const applyPlanSchema = z
  .object({
    planId: z.string(),
    /** Why, for the history. */
    reason: reasonSchema.optional(),
    confirm: confirmSchema.optional(),
    window: atOnceSchema.optional(),
  })
  .refine(saysWhy, WHY_NOW);
export type ApplyPlan = z.infer<typeof applyPlanSchema>;
