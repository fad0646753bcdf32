/** Starts and ends the pods of a workload, as `kubectl scale` does, and what a CronJob starts. */
import type { KubeClient } from '../kube/client.ts';
import { unless } from '../kube/errors.ts';

export interface Switch {
  namespace: string;
  kind: 'Deployment' | 'StatefulSet' | 'CronJob';
  name: string;
  on: boolean;
}

interface Workload {
  spec?: { replicas?: number; suspend?: boolean };
}

const PATHS = {
  Deployment: 'apps/v1/namespaces/NAMESPACE/deployments',
  StatefulSet: 'apps/v1/namespaces/NAMESPACE/statefulsets',
  CronJob: 'batch/v1/namespaces/NAMESPACE/cronjobs',
} as const;
/** As for every field that Shopyard sets in a store, so that it is nobody else's. */
const MANAGER = 'helm';

/** True if it changed something: false if it is so already, or the workload is not there. Throws ClusterError. */
export async function switchPods(
  client: KubeClient,
  { namespace, kind, name, on }: Switch,
  signal: AbortSignal,
): Promise<boolean> {
  const path = `/apis/${PATHS[kind].replace('NAMESPACE', namespace)}/${name}`;
  const found = await unless('not-found', client.json<Workload>(path, { signal }));
  if (!found) return false;
  const { replicas = 1, suspend = false } = found.spec ?? {};
  if (on === (kind === 'CronJob' ? !suspend : replicas > 0)) return false;
  // One pod each: a volume has one writer.
  const body = { spec: kind === 'CronJob' ? { suspend: !on } : { replicas: on ? 1 : 0 } };
  const query = { fieldManager: MANAGER };
  return (await unless('not-found', client.json(path, { method: 'PATCH', body, query, signal }))) !== undefined;
}
