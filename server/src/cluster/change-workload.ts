/** Changes fields of one workload, and only if that is needed. */
import type { KubeClient } from '../kube/client.ts';
import { unless } from '../kube/errors.ts';

/** As for every field that Shopyard sets in a store, so that it is nobody else's. */
const QUERY = { fieldManager: 'helm' };

interface Change<T> {
  /** Of the API server. */
  path: string;
  /** A merge patch for what was found; `undefined` if it is so already. */
  toPatch: (found: T) => object | undefined;
}

/** True if it changed something: false if nothing is to be changed, or the workload is not there. Throws ClusterError. */
export async function changeWorkload<T>(
  client: KubeClient,
  { path, toPatch }: Change<T>,
  signal: AbortSignal,
): Promise<boolean> {
  const found = await unless('not-found', client.json<T>(path, { signal }));
  const body = found && toPatch(found);
  if (!body) return false;
  const patched = await unless('not-found', client.json(path, { method: 'PATCH', body, query: QUERY, signal }));
  return patched !== undefined;
}
