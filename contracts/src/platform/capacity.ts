/** Room for more stores, from what the cluster's nodes offer less what all pods request. */
import { z } from 'zod';

export const capacitySchema = z.object({
  /** Why nobody can know it, one sentence. The other fields are then absent. */
  unknown: z.string().optional(),
  /** Nodes that take new stores, and all nodes. */
  nodes: z.object({ usable: z.int(), total: z.int() }).optional(),
  /** Shares of the usable nodes that pods request, from 0 to 1. */
  requested: z.object({ cpu: z.number(), memory: z.number() }).optional(),
  /** By engine and size, in the engine's order: how many more stores of that size alone fit, at most `MAX_ROOM`. */
  room: z.array(z.object({ engine: z.string(), size: z.string(), stores: z.int() })).optional(),
});
export type Capacity = z.infer<typeof capacitySchema>;
