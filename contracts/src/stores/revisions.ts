/** A store's revisions: the values of each generation that somebody started, who did so, why, and what became of it. */
import { z } from 'zod';
import { shownValuesSchema } from './store-settings.ts';

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
