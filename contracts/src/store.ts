/** A store as every client sees it. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { attemptSchema, attentionSchema, conditionTypeSchema } from './attention.ts';
import { isNestedDeeper, MAX_VALUES_DEPTH, TOO_DEEP } from './nesting.ts';
import { PHASES } from './phase.ts';
import { storeNameSchema } from './store-name.ts';

export const ENGINES = ['woocommerce'] as const;
export const engineSchema = z.enum(ENGINES, {
  error: `choose one of the engines: ${ENGINES.join(', ')}`,
});
export type Engine = z.infer<typeof engineSchema>;

/** Ids as the server makes them. */
export const STORE_ID_PATTERN = /^st_[0-9a-f]{16}$/;

export const phaseSchema = z.enum(PHASES);

/** Kubernetes' own form of a condition. */
export const conditionSchema = z.object({
  type: conditionTypeSchema,
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  lastTransitionTime: z.iso.datetime(),
});
export type Condition = z.infer<typeof conditionSchema>;

export const storeSchema = z.object({
  id: z.string(),
  name: z.string(),
  namespace: z.string(),
  engine: engineSchema,
  phase: phaseSchema,
  /** CamelCase code of why the phase is what it is; absent when there is nothing to say. */
  reason: z.string().optional(),
  /** One sentence for people, with the remedy where there is one. */
  message: z.string().optional(),
  attention: attentionSchema,
  attempt: attemptSchema,
  conditions: z.array(conditionSchema),
  /** Where the storefront opens. */
  url: z.string(),
  /** Pods of the store that should run, finished jobs left out. */
  pods: z.object({ ready: z.int(), total: z.int() }),
  /** When a failed step is tried again by itself; absent when nothing is waited for. */
  retryAt: z.iso.datetime().optional(),
  /** Counts changes of the spec, and retries; the status has caught up when `observedGeneration` equals it. */
  generation: z.int(),
  observedGeneration: z.int(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  /** First time it was Ready. */
  readyAt: z.iso.datetime().optional(),
});
export type Store = z.infer<typeof storeSchema>;

/** Helm values of one store, laid over the chart's and the platform's; checked by the chart's schema. */
export const storeValuesSchema = z
  .record(z.string(), z.unknown())
  // Before `json`, which recurses.
  .refine((values) => !isNestedDeeper(values, MAX_VALUES_DEPTH), TOO_DEEP)
  .pipe(z.record(z.string(), z.json()));
export type StoreValues = z.infer<typeof storeValuesSchema>;

export const createStoreSchema = z.object(
  {
    name: storeNameSchema,
    engine: engineSchema.default('woocommerce'),
    values: storeValuesSchema.default({}),
  },
  { error: 'send a JSON object such as {"name": "alpha"}' },
);
export type CreateStore = z.infer<typeof createStoreSchema>;

export const updateStoreSchema = z.object({ id: z.string(), values: storeValuesSchema });
export type UpdateStore = z.infer<typeof updateStoreSchema>;

export const storeIdSchema = z.object({ id: z.string() });

/** Taking finalizers off skips what their owners wanted done first, so the name has to be typed. */
export const forceRemoveSchema = z.object({
  id: z.string(),
  confirm: z.string({ error: "send the store's name as `confirm`" }),
});
export type ForceRemove = z.infer<typeof forceRemoveSchema>;

/** The administrator's login, read from the cluster at the moment it is asked for and kept nowhere else. */
export const credentialsSchema = z.object({ adminUrl: z.string(), username: z.string(), password: z.string() });
export type Credentials = z.infer<typeof credentialsSchema>;

/** One row of a store's history. */
export const timelineEntrySchema = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  /** `call` (somebody asked), `phase`, `condition`, `action` (what the reconciler did) or `attention` (its level). */
  kind: z.enum(['call', 'phase', 'condition', 'action', 'attention']),
  /** Who: a caller's name, or `reconciler`. */
  actor: z.string(),
  /** Short and stable: `created`, `Ready`, `DatabaseReady`, `install`. */
  what: z.string(),
  message: z.string(),
  /** Of a phase: the code of why. */
  reason: z.string().optional(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
