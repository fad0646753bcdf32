/** Starts and ends the pods of a workload, as `kubectl scale` does, and what a CronJob starts. */
import type { KubeClient } from '../kube/client.ts';
import { changeWorkload } from './change-workload.ts';

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

/** True if it changed something: false if it is so already, or the workload is not there. Throws ClusterError. */
export function switchPods(
  client: KubeClient,
  { namespace, kind, name, on }: Switch,
  signal: AbortSignal,
): Promise<boolean> {
  const path = `/apis/${PATHS[kind].replace('NAMESPACE', namespace)}/${name}`;
  const toPatch = ({ spec: { replicas = 1, suspend = false } = {} }: Workload): object | undefined => {
    if (on === (kind === 'CronJob' ? !suspend : replicas > 0)) return undefined;
    // One pod each: a volume has one writer.
    return { spec: kind === 'CronJob' ? { suspend: !on } : { replicas: on ? 1 : 0 } };
  };
  return changeWorkload(client, { path, toPatch }, signal);
}
