/** What is to be known of the server itself and of the cluster it works on. */
import { z } from 'zod';

export const platformSchema = z.object({
  version: z.string(),
  /** True when other machines reach the server and nobody is asked who they are. */
  insecure: z.literal(true).optional(),
  /** Where stores open: an address with `{name}` in it. */
  storeUrl: z.string(),
  cluster: z.object({
    kind: z.enum(['embedded', 'kubeconfig', 'in-cluster']),
    /** Of the embedded cluster: whether its stores are WordPress in Node, or played. */
    stores: z.enum(['simulated', 'wordpress']).optional(),
    /** All watches have listed and are connected. */
    synced: z.boolean(),
    /** Since when what is shown may be out of date; absent while synced. */
    staleSince: z.iso.datetime().optional(),
    /** Why this server changes nothing at the cluster now, one sentence; absent while it holds the cluster's Lease. */
    readOnly: z.string().optional(),
    /** Stores there that other installations of Shopyard made: they are left alone. */
    unmanaged: z.array(z.object({ installation: z.string(), stores: z.int() })).optional(),
  }),
});
export type Platform = z.infer<typeof platformSchema>;
