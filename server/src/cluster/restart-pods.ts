/** Restarts the pods of a workload by a rollout, as `kubectl rollout restart` does. */
import { RESTARTED_AT_ANNOTATION } from '../domain/labels.ts';
import type { KubeClient } from '../kube/client.ts';
import { unless } from '../kube/errors.ts';

export interface Rollout {
  namespace: string;
  kind: 'Deployment' | 'StatefulSet';
  name: string;
  /** ISO 8601: the template carries it, so the same restart twice is one. */
  at: string;
}

interface Workload {
  spec?: { template?: { metadata?: { annotations?: Record<string, string> } } };
}

const PLURALS = { Deployment: 'deployments', StatefulSet: 'statefulsets' } as const;
/** As for every field that Shopyard sets in a store, so that it is nobody else's. */
const MANAGER = 'helm';

/** True if it changed something: false if this restart has begun already, or the workload is not there. Throws ClusterError. */
export async function restartPods(
  client: KubeClient,
  { namespace, kind, name, at }: Rollout,
  signal: AbortSignal,
): Promise<boolean> {
  const path = `/apis/apps/v1/namespaces/${namespace}/${PLURALS[kind]}/${name}`;
  const found = await unless('not-found', client.json<Workload>(path, { signal }));
  if (!found || found.spec?.template?.metadata?.annotations?.[RESTARTED_AT_ANNOTATION] === at) return false;
  const body = { spec: { template: { metadata: { annotations: { [RESTARTED_AT_ANNOTATION]: at } } } } };
  const query = { fieldManager: MANAGER };
  const patched = await unless('not-found', client.json(path, { method: 'PATCH', body, query, signal }));
  return patched !== undefined;
}
