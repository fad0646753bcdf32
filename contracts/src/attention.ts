/** Whether somebody has to look at a store, and how far what is done for it has come. Times are ISO 8601 in UTC. */
import { z } from 'zod';

/** The steps of a store's coming up, in order. */
export const CONDITION_TYPES = [
  'NamespaceReady',
  'ReleaseDeployed',
  'DatabaseReady',
  'WordPressReady',
  'StorefrontVerified',
] as const;
export const conditionTypeSchema = z.enum(CONDITION_TYPES);
export type ConditionType = z.infer<typeof conditionTypeSchema>;

export const attentionSchema = z.object({
  /**
   * `ok`: it is as it should be. `working`: on its way, nobody has to do anything. `stuck`: over its budget, or it waits for
   * what Shopyard can't bring about. `broken`: waiting does not help, or customers have had no answer for 30 s.
   */
  level: z.enum(['ok', 'working', 'stuck', 'broken']),
  /** When that began. */
  since: z.iso.datetime(),
  /** CamelCase code of the cause, where there is one. */
  reason: z.string().optional(),
});
export type Attention = z.infer<typeof attentionSchema>;

export const stepSchema = z.object({
  type: conditionTypeSchema,
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  startedAt: z.iso.datetime().optional(),
  /** Of a step that is over; absent where it is not known. */
  durationMs: z.int().optional(),
});
export type Step = z.infer<typeof stepSchema>;

/** The latest thing that was done to bring the store where it should be. A failed probe of a Ready store begins none. */
export const attemptSchema = z.object({
  kind: z.enum(['create', 'update', 'retry', 'move', 'repair']),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  steps: z.array(stepSchema),
});
export type Attempt = z.infer<typeof attemptSchema>;
