/** The server itself and the cluster it manages. */
import { z } from 'zod';
import { changeWindowSchema } from '../stores/change-window.ts';
import { engineViewSchema } from './engine-view.ts';

export const platformSchema = z.object({
  version: z.string(),
  /** True when other machines can reach the server without authentication. */
  insecure: z.literal(true).optional(),
  /** Registrable domain that stores' pages share with the dashboard, so that they could set cookies for it; absent if none. */
  sameSite: z.string().optional(),
  /** URL template of the stores, with a `{name}` placeholder. */
  storeUrl: z.string(),
  /** The engines that stores can be created with; the first is offered first. */
  engines: z.array(engineViewSchema),
  /** When working stores may be changed, unless they have a window of their own; absent for any time. */
  window: changeWindowSchema.optional(),
  cluster: z.object({
    kind: z.enum(['embedded', 'kubeconfig', 'in-cluster']),
    /** Embedded cluster only. Deprecated: use `runs` of the engines. */
    stores: z.enum(['simulated', 'wordpress']).optional(),
    /** All watches are connected and have completed their initial list. */
    synced: z.boolean(),
    /** Since when the displayed state may be stale; absent while synced. */
    staleSince: z.iso.datetime().optional(),
    /** Why this server writes nothing to the cluster, one sentence; absent while it holds the cluster's Lease. */
    readOnly: z.string().optional(),
    /** Stores of other Shopyard installations, which this server leaves alone. */
    unmanaged: z.array(z.object({ installation: z.string(), stores: z.int() })).optional(),
  }),
});
export type Platform = z.infer<typeof platformSchema>;
