/** Rejects objects that the API server rejects, as far as charts and users are likely to send them. */
import type { PodTemplateSpec } from 'kubernetes-types/core/v1.js';
import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import { forbidden, invalid } from '../api-error.ts';
import { selectorMatches } from '../selectors.ts';
import type { KubeObject, ResourceMap } from '../../objects.ts';
import type { Admission, Registry } from '../../storage/registry.ts';
import { equalJson } from '../../storage/json.ts';
import { parseQuantity } from './quantity.ts';

interface Workload {
  selector?: LabelSelector;
  template?: PodTemplateSpec;
}

type Claim = ResourceMap['persistentvolumeclaims'];

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);

/** The mutable fields of a StatefulSet's spec. */
const MUTABLE_OF_STATEFULSET = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

export const validate: Admission = (object, previous, registry) => {
  if (WORKLOADS.has(object.kind)) checkSelector(object);
  if (object.kind === 'Pod' || WORKLOADS.has(object.kind) || object.kind === 'Job') checkContainers(object);
  if (object.kind === 'CronJob') checkSchedule(object);
  if (previous) checkImmutable(object, previous);
  if (previous && object.kind === 'PersistentVolumeClaim')
    // The kind says what it is.
    checkClaim(object as Claim, { previous: previous as Claim, registry });
  return object;
};

function checkSelector(object: KubeObject): void {
  // Not validated yet: every level may be missing.
  const { selector, template } = (object['spec'] ?? {}) as Workload;
  if (!selector) fail(object, 'spec.selector', 'Required value');
  if (!selectorMatches(selector, template?.metadata?.labels)) {
    fail(object, 'spec.template.metadata.labels', '`selector` does not match template `labels`');
  }
}

function checkContainers(object: KubeObject): void {
  const prefix = object.kind === 'Pod' ? 'spec' : 'spec.template.spec';
  // Not validated yet: every level may be missing.
  const spec = object.kind === 'Pod' ? object['spec'] : ((object['spec'] ?? {}) as Workload).template?.spec;
  // Not validated yet: every level may be missing.
  const { containers = [] } = (spec ?? {}) as { containers?: { name?: string; image?: string }[] };
  if (containers.length === 0) fail(object, `${prefix}.containers`, 'Required value');
  containers.forEach((container, index) => {
    if (!container.name) fail(object, `${prefix}.containers[${index}].name`, 'Required value');
    if (!container.image) fail(object, `${prefix}.containers[${index}].image`, 'Required value');
  });
}

/** The maximum of each field: minute, hour, day, month, weekday. */
const CRON_MAXIMA = [59, 23, 31, 12, 6];

function checkSchedule(object: KubeObject): void {
  // Not validated yet: every level may be missing.
  const { schedule = '' } = (object['spec'] ?? {}) as { schedule?: string };
  schedule.split(' ').forEach((field, index) => {
    const [, range = field] = /^([^/]*)\/\d+$/.exec(field) ?? [];
    const above = range.match(/\d+/g)?.find((number) => Number(number) > (CRON_MAXIMA[index] ?? 0));
    if (above === undefined) return;
    const why = `end of range (${above}) above maximum (${CRON_MAXIMA[index]}): ${above}`;
    fail(object, 'spec.schedule', `Invalid value: "${schedule}": ${why}`);
  });
}

function checkImmutable(object: KubeObject, previous: KubeObject): void {
  // A spec is an object.
  const now = (object['spec'] ?? {}) as Record<string, unknown>;
  // A spec is an object.
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

/** A bound claim may request more if its class allows expansion; the rest of its spec is immutable. */
function checkClaim(object: Claim, { previous, registry }: { previous: Claim; registry: Registry }): void {
  const withoutSize = ({ spec }: Claim): unknown => ({
    ...spec,
    // Set by the controller that binds the claim.
    volumeName: previous.spec?.volumeName ? spec?.volumeName : undefined,
    resources: {
      ...spec?.resources,
      requests: previous.status?.phase === 'Bound' ? undefined : spec?.resources?.requests,
    },
  });
  if (!equalJson(withoutSize(object), withoutSize(previous))) {
    const except = 'resources.requests and volumeAttributesClassName for bound claims';
    fail(object, 'spec', `Forbidden: spec is immutable after creation except ${except}`);
  }
  const sizeOf = ({ spec }: Claim): number => parseQuantity(spec?.resources?.requests?.['storage']);
  if (sizeOf(object) < sizeOf(previous))
    fail(object, 'spec.resources.requests.storage', 'Forbidden: field can not be less than status.capacity');
  if (sizeOf(object) === sizeOf(previous)) return;
  const storageClass = registry.store.get('storageclasses', '', object.spec?.storageClassName ?? '');
  if (storageClass?.allowVolumeExpansion !== true) {
    const why =
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';
    throw forbidden({ group: '', plural: 'persistentvolumeclaims' }, object.metadata.name, why);
  }
}

function quoted(): string {
  const names = MUTABLE_OF_STATEFULSET.map((field) => `'${field}'`);
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function fail(object: KubeObject, field: string, message: string): never {
  throw invalid(object.kind, object.metadata.name, { field, message });
}
