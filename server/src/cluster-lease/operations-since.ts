/** From when on helm operations on this cluster may be ours. */
import type { ClusterLease } from './cluster-lease.ts';

/** Epoch milliseconds: since this process began; but whose cluster we took over may have left some running. */
export function operationsSince(lease: Pick<ClusterLease, 'takenOver'>, startedAt: number): () => number {
  return () => (lease.takenOver ? 0 : startedAt);
}
