/** Refuses what the API server refuses of the objects that charts and people send. */
import type { PodTemplateSpec } from 'kubernetes-types/core/v1.js';
import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import { invalid } from '../api-error.ts';
import { selectorMatches } from '../api/selectors.ts';
import type { KubeObject } from '../objects.ts';
import type { Admission } from '../storage/registry.ts';
import { equalJson } from '../storage/json.ts';

interface Workload {
  selector?: LabelSelector;
  template?: PodTemplateSpec;
}

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);

/** What of a StatefulSet's spec may change after its creation. */
const MUTABLE_OF_STATEFULSET = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

export const validate: Admission = (object, previous) => {
  if (WORKLOADS.has(object.kind)) checkSelector(object);
  if (object.kind === 'Pod' || WORKLOADS.has(object.kind) || object.kind === 'Job') checkContainers(object);
  if (previous) checkImmutable(object, previous);
  return object;
};

function checkSelector(object: KubeObject): void {
  const { selector, template } = (object['spec'] ?? {}) as Workload;
  if (!selector) fail(object, 'spec.selector', 'Required value');
  if (!selectorMatches(selector, template?.metadata?.labels)) {
    fail(object, 'spec.template.metadata.labels', '`selector` does not match template `labels`');
  }
}

function checkContainers(object: KubeObject): void {
  const prefix = object.kind === 'Pod' ? 'spec' : 'spec.template.spec';
  const spec = object.kind === 'Pod' ? object['spec'] : ((object['spec'] ?? {}) as Workload).template?.spec;
  const { containers = [] } = (spec ?? {}) as { containers?: { name?: string; image?: string }[] };
  if (containers.length === 0) fail(object, `${prefix}.containers`, 'Required value');
  containers.forEach((container, index) => {
    if (!container.name) fail(object, `${prefix}.containers[${index}].name`, 'Required value');
    if (!container.image) fail(object, `${prefix}.containers[${index}].image`, 'Required value');
  });
}

function checkImmutable(object: KubeObject, previous: KubeObject): void {
  const now = (object['spec'] ?? {}) as Record<string, unknown>;
  const before = (previous['spec'] ?? {}) as Record<string, unknown>;
  const changed = (field: string): boolean => !equalJson(now[field], before[field]);
  if (object.kind === 'Deployment' && changed('selector')) fail(object, 'spec.selector', 'field is immutable');
  if (object.kind === 'Job' && changed('template')) fail(object, 'spec.template', 'field is immutable');
  if (object.kind === 'StatefulSet') {
    const frozen = Object.keys({ ...now, ...before }).filter((field) => !MUTABLE_OF_STATEFULSET.includes(field));
    if (frozen.some(changed)) {
      fail(object, 'spec', `Forbidden: updates to statefulset spec for fields other than ${quoted()} are forbidden`);
    }
  }
  if (object.kind === 'Secret' && previous['immutable'] === true && !equalJson(object['data'], previous['data'])) {
    fail(object, 'data', 'field is immutable when `immutable` is set');
  }
}

function quoted(): string {
  const names = MUTABLE_OF_STATEFULSET.map((field) => `'${field}'`);
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function fail(object: KubeObject, field: string, message: string): never {
  throw invalid(object.kind, object.metadata.name, { field, message });
}
