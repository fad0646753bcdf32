/** A store's values as they are, and what others would change. */
import { z } from 'zod';
import { storeValuesSchema } from './store.ts';

/** Secrets are redacted; a redacted value that is sent back keeps the present one. */
export const shownValuesSchema = z.record(z.string(), z.unknown());

export const storeSettingsSchema = z.object({
  generation: z.int(),
  /** The store's own values. */
  own: shownValuesSchema,
  /** The chart's defaults, under the platform's values, under the store's own. */
  effective: shownValuesSchema,
});
export type StoreSettings = z.infer<typeof storeSettingsSchema>;

export const previewStoreSchema = z.object({ id: z.string(), values: storeValuesSchema });
export type PreviewStore = z.infer<typeof previewStoreSchema>;

/** Something that helm applies, without the parts that each revision renames. */
export const objectChangeSchema = z.object({
  kind: z.string(),
  name: z.string(),
  verdict: z.enum(['created', 'changed', 'removed']),
  /** Lines in the unified format, without a header; secrets are redacted. Empty if only a secret differs. */
  diff: z.string(),
});
export type ObjectChange = z.infer<typeof objectChangeSchema>;

export const previewSchema = z.object({
  /** The generation that the preview compares with; `stores.update` takes it. */
  generation: z.int(),
  /** Effective values that differ. `before` or `after` is absent where there is none. */
  values: z.array(
    z.object({ path: z.array(z.string()), before: z.unknown().optional(), after: z.unknown().optional() }),
  ),
  /** Those that differ from the installed release; all of them if there is none. */
  objects: z.array(objectChangeSchema),
  /** Number of objects that stay the same. */
  unchanged: z.int(),
  /** Components whose running pods are replaced. */
  restarts: z.array(z.string()),
  /** Tasks of the setup run again. */
  setupRuns: z.boolean(),
});
export type Preview = z.infer<typeof previewSchema>;
