/** A store as every client sees it. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { attemptSchema, attentionSchema, conditionTypeSchema } from './attention.ts';
import { isNestedDeeper, MAX_VALUES_DEPTH, TOO_DEEP } from '../nesting.ts';
import { atOnceSchema, operationSchema, saysWhy, WHY_NOW } from './operation.ts';
import { PHASES } from './phase.ts';
import { storeNameSchema } from './store-name.ts';
import { labelsShape, storeProfileSchema, teamShape } from './store-profile.ts';
import { reasonSchema } from './store-reason.ts';

export const ENGINES = ['woocommerce', 'medusa'] as const;
export type EngineId = (typeof ENGINES)[number];
/** The engine of a store that was created without one. */
export const DEFAULT_ENGINE = 'woocommerce' satisfies EngineId;
/** The id of an engine, which the server may lack: a store of one that it lacks is shown, and not touched. */
export const engineSchema = z
  .string({ error: `choose one of the engines: ${ENGINES.join(', ')}` })
  .regex(/^[a-z][a-z0-9-]{0,30}$/, `choose one of the engines: ${ENGINES.join(', ')}`);

/** Format of the ids that the server generates. */
export const STORE_ID_PATTERN = /^st_[0-9a-f]{16}$/;

export const phaseSchema = z.enum(PHASES);

/** A condition in Kubernetes' format. */
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
  ...storeProfileSchema.shape,
  phase: phaseSchema,
  /** CamelCase code of the reason for the phase, if there is one. */
  reason: z.string().optional(),
  /** One sentence for people, with the remedy if there is one. */
  message: z.string().optional(),
  /** It is to have no pods, by a call or its schedule; its volumes and its address stay. */
  suspended: z.boolean().optional(),
  attention: attentionSchema,
  attempt: attemptSchema,
  /** Absent if nothing runs that somebody asked for, and nothing waits. */
  operation: operationSchema.optional(),
  conditions: z.array(conditionSchema),
  /** URL of the storefront. */
  url: z.string(),
  /** Pods that should be running; excludes jobs. */
  pods: z.object({ ready: z.int(), total: z.int() }),
  /** When a failed step is retried automatically; absent if no retry is pending. */
  retryAt: z.iso.datetime().optional(),
  /** Incremented by each spec change and retry. The status is current once `observedGeneration` equals it. */
  generation: z.int(),
  observedGeneration: z.int(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  /** When the store first became Ready. */
  readyAt: z.iso.datetime().optional(),
  /** Versions of its software, by the names of the engine, as its last complete setup reported them. */
  versions: z.record(z.string(), z.string()).optional(),
  /** The chart that it is made with, and kept at until somebody asks for another. Absent until it is known. */
  chart: z
    .object({
      version: z.string(),
      /** SHA-256 of its files. */
      digest: z.string().optional(),
      /** Version of the chart that new stores get, if that is another one. */
      update: z.string().optional(),
    })
    .optional(),
});
export type Store = z.infer<typeof storeSchema>;

/** Helm values of one store, merged over the chart's and the platform's. The chart's schema validates them. */
export const storeValuesSchema = z
  .record(z.string(), z.unknown())
  // Must run before `json`, which recurses.
  .refine((values) => !isNestedDeeper(values, MAX_VALUES_DEPTH), TOO_DEEP)
  .pipe(z.record(z.string(), z.json()));
export type StoreValues = z.infer<typeof storeValuesSchema>;

export const createStoreSchema = z.object(
  {
    name: storeNameSchema,
    engine: engineSchema.default(DEFAULT_ENGINE),
    values: storeValuesSchema.default({}),
    ...labelsShape,
    ...teamShape,
  },
  { error: 'send a JSON object such as {"name": "alpha"}' },
);
export type CreateStore = z.infer<typeof createStoreSchema>;

/** The store's name, where a change may alter its database for good. The refusal `confirmation_needed` asks for it. */
export const confirmSchema = z.string().max(63, "send the store's name as `confirm`");

/** The version of the chart that a store is to be made with. */
export const chartVersionSchema = z.string().max(64, 'must be the version of a chart');

export const updateStoreSchema = z
  .object({
    id: z.string(),
    /** All of the store's own values. Starts a new generation, unless `labels` are given and the values are the same. */
    values: storeValuesSchema.optional(),
    /** The generation that the change was made for. If the store has another one, the call is refused. */
    generation: z.int().min(1).optional(),
    /** Why, for the history. */
    reason: reasonSchema.optional(),
    confirm: confirmSchema.optional(),
    window: atOnceSchema.optional(),
    chart: chartVersionSchema.optional(),
    /** Replace those of the store. */
    ...labelsShape,
  })
  .refine(
    ({ values, labels, chart }) => values !== undefined || labels !== undefined || chart !== undefined,
    'send `values`, `labels`, `chart` or several of them',
  )
  .refine(saysWhy, WHY_NOW);
export type UpdateStore = z.infer<typeof updateStoreSchema>;

export const storeIdSchema = z.object({ id: z.string() });

export const restartStoreSchema = z.object({
  id: z.string(),
  /** Name of one of the engine's components; by default the one that serves the shop. */
  component: z.string().max(63, 'name a component of the store').optional(),
});
export type RestartStore = z.infer<typeof restartStoreSchema>;

export const suspendStoreSchema = z.object({
  id: z.string(),
  /** Why, for the history. */
  reason: reasonSchema.optional(),
});
export type SuspendStore = z.infer<typeof suspendStoreSchema>;

/** Removing finalizers skips their owners' cleanup, so the caller must type the store's name. */
export const forceRemoveSchema = z.object({
  id: z.string(),
  confirm: z.string({ error: "send the store's name as `confirm`" }),
});
export type ForceRemove = z.infer<typeof forceRemoveSchema>;

export const askCredentialsSchema = z.object({
  id: z.string(),
  /** Why; the history keeps it. */
  reason: reasonSchema.optional(),
});
export type AskCredentials = z.infer<typeof askCredentialsSchema>;

/** The administrator's login, read from the cluster on request and stored nowhere else. */
export const credentialsSchema = z.object({ adminUrl: z.string(), username: z.string(), password: z.string() });
export type Credentials = z.infer<typeof credentialsSchema>;

/** One row of a store's history. */
export const historyEntrySchema = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  /** `call` (by a caller), `phase`, `condition`, `action` (by the reconciler) or `attention` (a new level). */
  kind: z.enum(['call', 'phase', 'condition', 'action', 'attention']),
  /** A caller's name, or `reconciler`. */
  actor: z.string(),
  /** Of the caller's account, and of the token that the call came with. */
  actorId: z.string().optional(),
  tokenId: z.string().optional(),
  /** Short and stable: `created`, `Ready`, `DatabaseReady`, `install`. */
  what: z.string(),
  message: z.string(),
  /** Reason code of a phase. */
  reason: z.string().optional(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
