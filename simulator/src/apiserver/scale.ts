/** The `scale` subresource of workloads. */
import { groupVersion } from './resource-types.ts';
import type { IncomingObject, KubeObject } from '../objects.ts';

interface Scalable {
  spec?: { replicas?: number; selector?: { matchLabels?: Record<string, string> } };
  status?: { replicas?: number };
}

/** An `autoscaling/v1 Scale` of the workload. */
export function scaleOf(object: KubeObject): object {
  // Only kinds with a scale get here; every level may be missing.
  const { spec, status } = object as Scalable;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = Object.entries(spec?.selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  return {
    kind: 'Scale',
    apiVersion: groupVersion('autoscaling', 'v1'),
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    // Omitted when zero, as Go's JSON encoder does.
    spec: spec?.replicas === 0 ? {} : { replicas: spec?.replicas ?? 1 },
    status: { replicas: status?.replicas ?? 0, selector: selector.join(',') },
  };
}

/** The workload with the replica count of a Scale. */
export function withScale(object: KubeObject, scale: object): IncomingObject {
  // Only kinds with a scale get here; every level may be missing.
  const replicas = (scale as Scalable).spec?.replicas ?? 0;
  // A kind with a scale has a spec.
  return { ...object, spec: { ...(object['spec'] as object), replicas } };
}
