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
  if (object.kind === 'CronJob') checkContainers(object);
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

/** Where the spec of its pods is. */
function podSpecPath({ kind }: KubeObject): string {
  if (kind === 'Pod') return 'spec';
  return kind === 'CronJob' ? 'spec.jobTemplate.spec.template.spec' : 'spec.template.spec';
}

interface ContainerDraft {
  name?: string;
  image?: string;
  resources?: { limits?: Record<string, string>; requests?: Record<string, string> };
}

function checkContainers(object: KubeObject): void {
  const prefix = podSpecPath(object);
  // Not validated yet: every level may be missing.
  const spec = valueAt(object, prefix) as
    { containers?: ContainerDraft[]; initContainers?: ContainerDraft[] } | undefined;
  const { containers = [], initContainers = [] } = spec ?? {};
  if (containers.length === 0) fail(object, `${prefix}.containers`, 'Required value');
  containers.forEach((container, index) => {
    if (!container.name) fail(object, `${prefix}.containers[${index}].name`, 'Required value');
    if (!container.image) fail(object, `${prefix}.containers[${index}].image`, 'Required value');
    checkResources(object, `${prefix}.containers[${index}]`, container);
  });
  initContainers.forEach((container, index) => checkResources(object, `${prefix}.initContainers[${index}]`, container));
}

function checkResources(object: KubeObject, path: string, { resources }: ContainerDraft): void {
  for (const [name, request] of Object.entries(resources?.requests ?? {})) {
    const limit = resources?.limits?.[name];
    if (limit === undefined || parseQuantity(request) <= parseQuantity(limit)) continue;
    const why = `must be less than or equal to ${name} limit of ${limit}`;
    fail(object, `${path}.resources.requests`, `Invalid value: "${request}": ${why}`);
  }
}

function valueAt(object: KubeObject, path: string): unknown {
  // Any object: every level may be missing.
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object);
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
  if (object.kind === 'Service' && before['clusterIP'] && changed('clusterIP'))
    fail(object, 'spec.clusterIPs[0]', `Invalid value: ["${String(now['clusterIP'])}"]: may not change once set`);
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
  const [group, version] = object.apiVersion.split('/');
  const kind = version === undefined ? object.kind : `${object.kind}.${group}`;
  throw invalid(kind, object.metadata.name, { field, message });
}
