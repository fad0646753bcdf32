/** Creates pods from templates and evaluates their outcome. */
import { createHash } from 'node:crypto';
import type { PodTemplateSpec } from 'kubernetes-types/core/v1.js';
import { ApiError } from '../apiserver/api-error.ts';
import type { KubeObject, ResourceMap } from '../objects.ts';
import { controllerOf, type ControllerContext } from './controller.ts';
import { cloneJson } from '../storage/json.ts';

export type Pod = ResourceMap['pods'];

interface NewPod {
  template: PodTemplateSpec;
  name?: string;
  generateName?: string;
  labels?: Record<string, string>;
}

/**
 * Creates a pod of `owner` and records the event. Returns false if the API server rejected it (quota, say), and
 * records FailedCreate: the only trace of a pod that was never created.
 */
export function createPod(
  owner: KubeObject,
  { template, labels, ...metadata }: NewPod,
  { registry, events }: ControllerContext,
): boolean {
  const from = `${owner.kind.toLowerCase()}-controller`;
  try {
    const pod = registry.create(
      { plural: 'pods', namespace: owner.metadata.namespace ?? '' },
      {
        metadata: {
          ...metadata,
          labels: { ...template.metadata?.labels, ...labels },
          ...(template.metadata?.annotations ? { annotations: template.metadata.annotations } : {}),
          ownerReferences: [controllerOf(owner)],
        },
        spec: cloneJson(template.spec),
      },
    );
    events.record(owner, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${pod.metadata.name}`,
      from,
    });
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.reason === 'AlreadyExists') return true;
    const what = metadata.name
      ? `create Pod ${metadata.name} in ${owner.kind} ${owner.metadata.name} failed error`
      : 'Error creating';
    events.record(owner, { type: 'Warning', reason: 'FailedCreate', message: `${what}: ${error.message}`, from });
    return false;
  }
}

/** Ten characters that change with the template. */
export function templateHash(template: PodTemplateSpec): string {
  return createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 10);
}

export function isReady(pod: Pod): boolean {
  return (
    pod.status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false
  );
}

/** Neither finished nor terminating. */
export function isActive(pod: Pod): boolean {
  return !pod.metadata.deletionTimestamp && pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed';
}

export function podRef(pod: Pod): { plural: 'pods'; namespace: string; name: string } {
  return { plural: 'pods', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name };
}
