/** A store's revisions: the values of each generation that somebody started, who did so, why, and what became of it. */
import { z } from 'zod';
import { shownValuesSchema } from './store-settings.ts';
import { atOnceSchema, saysWhy, WHY_NOW } from './operation.ts';
import { reasonSchema } from './store-reason.ts';
import { confirmSchema } from './store.ts';
import { valueChangesSchema } from './value-changes.ts';

export const revisionOutcomeSchema = z.enum([
  /** The shop was seen to work with it. */
  'verified',
  /** It could not be brought to work, and waiting would not have helped. */
  'failed',
  /** A rollback went back behind it. */
  'rolled_back',
  /** Another one took its place before anything was known of it. */
  'superseded',
]);
export type RevisionOutcome = z.infer<typeof revisionOutcomeSchema>;

export const revisionSchema = z.object({
  generation: z.int(),
  /** The store's own values; secrets are redacted. */
  values: shownValuesSchema,
  /** A caller's name, or `reconciler` for one that was found in the cluster after the database was lost. */
  actor: z.string(),
  /** In the caller's words. */
  reason: z.string().optional(),
  at: z.iso.datetime(),
  /** The generation whose values a rollback took. */
  rolledBackTo: z.int().optional(),
  /** Absent until it is known. */
  outcome: revisionOutcomeSchema.optional(),
  /** When the shop was first seen to work with it. */
  verifiedAt: z.iso.datetime().optional(),
  /** What it runs. `name` is the engine's, such as `woocommerce`, `title` is for people. */
  versions: z.array(z.object({ name: z.string(), title: z.string(), version: z.string() })),
  chartVersion: z.string().optional(),
  helmRevision: z.int().optional(),
  /** How long it kept a shop closed that was open before; absent if unknown. */
  closedSeconds: z.int().optional(),
});
export type ShownRevision = z.infer<typeof revisionSchema>;

const generation = z.coerce.number('must be a generation of the store').int().min(1);

export const listRevisionsSchema = z.object({
  id: z.string(),
  /** Maximum number of revisions. */
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** `next` of the previous page. */
  cursor: generation.optional(),
});
export type ListRevisions = z.infer<typeof listRevisionsSchema>;

/** Newest first. */
export const revisionPageSchema = z.object({
  revisions: z.array(revisionSchema),
  /** The cursor of the next page; absent at the end. */
  next: z.int().optional(),
  /** The generation whose values a rollback without a number takes; absent if there is none. */
  previous: z.int().optional(),
});
export type RevisionPage = z.infer<typeof revisionPageSchema>;

export const compareRevisionsSchema = z.object({ id: z.string(), from: generation, to: generation });
export type CompareRevisions = z.infer<typeof compareRevisionsSchema>;

/** What differs between the stores that each made, with the chart that it had. */
export const revisionComparisonSchema = z.object({
  /** Effective values that differ. */
  values: valueChangesSchema,
  /** Objects that differ, without the parts that each release renames. */
  objects: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      verdict: z.enum(['created', 'changed', 'removed']),
      /** Lines in the unified format, without a header; secrets are redacted. Empty if only a secret differs. */
      diff: z.string(),
    }),
  ),
  /** Components whose pods differ: going from one to the other replaces them. */
  restarts: z.array(z.string()),
  /** Why the objects could not be compared, one sentence. */
  trouble: z.string().optional(),
});
export type RevisionComparison = z.infer<typeof revisionComparisonSchema>;

export const rollbackSchema = z
  .object({
    id: z.string(),
    /** The generation whose values come back; by default the newest verified one with other values than now. */
    to: z.int().min(1).optional(),
    /** The generation that the store is expected to have. If it has another one, the call is refused. */
    generation: z.int().min(1).optional(),
    /** Why, for the history. */
    reason: reasonSchema.optional(),
    confirm: confirmSchema.optional(),
    window: atOnceSchema.optional(),
  })
  .refine(saysWhy, WHY_NOW);
export type Rollback = z.infer<typeof rollbackSchema>;
