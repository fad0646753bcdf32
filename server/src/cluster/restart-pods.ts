/** Restarts the pods of a workload by a rollout, as `kubectl rollout restart` does. */
import { RESTARTED_AT_ANNOTATION } from '../domain/labels.ts';
import type { KubeClient } from '../kube/client.ts';
import { changeWorkload } from './change-workload.ts';

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

/** True if it changed something: false if this restart has begun already, or the workload is not there. Throws ClusterError. */
export function restartPods(
  client: KubeClient,
  { namespace, kind, name, at }: Rollout,
  signal: AbortSignal,
): Promise<boolean> {
  const path = `/apis/apps/v1/namespaces/${namespace}/${PLURALS[kind]}/${name}`;
  const toPatch = ({ spec }: Workload): object | undefined =>
    spec?.template?.metadata?.annotations?.[RESTARTED_AT_ANNOTATION] === at
      ? undefined
      : { spec: { template: { metadata: { annotations: { [RESTARTED_AT_ANNOTATION]: at } } } } };
  return changeWorkload(client, { path, toPatch }, signal);
}
