/** Whether a store needs attention, and the progress of its latest attempt. Times are ISO 8601 in UTC. */
import { z } from 'zod';

/** Steps of provisioning a store, in order. */
export const CONDITION_TYPES = [
  'NamespaceReady',
  'ReleaseDeployed',
  'DatabaseReady',
  'ApplicationReady',
  'StorefrontVerified',
] as const;
export const conditionTypeSchema = z.enum(CONDITION_TYPES);
export type ConditionType = z.infer<typeof conditionTypeSchema>;

export const attentionSchema = z.object({
  /**
   * `ok`: in its desired state. `working`: in progress, nobody has to act. `stuck`: over its time budget, or waiting
   * for something outside Shopyard's control. `broken`: waiting doesn't help, or customers got no answer for 30 s.
   */
  level: z.enum(['ok', 'working', 'stuck', 'broken']),
  /** When the level began. */
  since: z.iso.datetime(),
  /** CamelCase code of the cause, if there is one. */
  reason: z.string().optional(),
});
export type Attention = z.infer<typeof attentionSchema>;

export const stepSchema = z.object({
  type: conditionTypeSchema,
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  startedAt: z.iso.datetime().optional(),
  /** Duration of a finished step, if known. */
  durationMs: z.int().optional(),
});
export type Step = z.infer<typeof stepSchema>;

/** The latest attempt to bring the store to its desired state. A failed probe of a Ready store starts none. */
export const attemptSchema = z.object({
  kind: z.enum(['create', 'update', 'retry', 'move', 'repair', 'resume']),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  steps: z.array(stepSchema),
});
export type Attempt = z.infer<typeof attemptSchema>;
