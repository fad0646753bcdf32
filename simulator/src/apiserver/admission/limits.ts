/** LimitRange defaults, then ResourceQuota: a pod or claim over the quota is refused with 403. */
import type { LimitRangeItem, ResourceRequirements } from 'kubernetes-types/core/v1.js';
import { forbidden } from '../api-error.ts';
import type { KubeObject, ResourceMap } from '../../objects.ts';
import { resourceTypeOfKind } from '../resource-types.ts';
import type { ObjectStore } from '../../storage/object-store.ts';
import type { Admission } from '../../storage/registry.ts';
import { formatQuantity, parseQuantity } from './quantity.ts';
import { cloneJson } from '../../storage/json.ts';

type Pod = ResourceMap['pods'];
type Usage = Record<string, number>;

export const applyLimitRange: Admission = (object, previous, registry) => {
  if (object.kind !== 'Pod' || previous) return object;
  const ranges = registry.store.list('limitranges', object.metadata.namespace ?? '');
  const limits = ranges.flatMap((range) => range.spec?.limits ?? []).filter((limit) => limit.type === 'Container');
  if (limits.length === 0) return object;
  // The kind says what it is.
  const draft = cloneJson(object) as Pod;
  const broken = new Set<string>();
  for (const container of [...(draft.spec?.initContainers ?? []), ...(draft.spec?.containers ?? [])]) {
    const resources: ResourceRequirements = (container.resources ??= {});
    for (const limit of limits) {
      resources.limits = { ...limit.max, ...limit.default, ...resources.limits };
      resources.requests = { ...limit.defaultRequest, ...resources.requests };
      for (const why of outOfRange(resources, limit)) broken.add(why);
    }
  }
  const [first, ...more] = broken;
  if (first === undefined) return draft;
  const text = more.length > 0 ? `[${[...broken].join(', ')}]` : first;
  throw forbidden({ group: '', plural: 'pods' }, object.metadata.name, text);
};

/** By how much a container leaves its range, in the API server's words. */
function outOfRange(
  { limits = {}, requests = {} }: ResourceRequirements,
  { max = {}, min = {} }: LimitRangeItem,
): string[] {
  const above = Object.entries(max).flatMap(([name, most]) =>
    Object.entries({ limit: limits[name], request: requests[name] })
      .filter(([, value]) => value !== undefined && parseQuantity(value) > parseQuantity(most))
      .slice(0, 1)
      .map(([what, value]) => `maximum ${name} usage per Container is ${most}, but ${what} is ${value}`),
  );
  const below = Object.entries(min).flatMap(([name, least]) => {
    const request = requests[name];
    if (request === undefined || parseQuantity(request) >= parseQuantity(least)) return [];
    return [`minimum ${name} usage per Container is ${least}, but request is ${request}`];
  });
  return [...below, ...above];
}

export const enforceQuota: Admission = (object, previous, registry) => {
  if (!previous) enforceCount(object, registry.store);
  const requested = addedUsage(object, previous);
  if (!requested) return object;
  const { namespace = '' } = object.metadata;
  for (const quota of registry.store.list('resourcequotas', namespace)) {
    const hard = quota.spec?.hard ?? {};
    const used = usedIn(registry.store, namespace);
    const over = Object.keys(hard).filter(
      (name) => (requested[name] ?? 0) > 0 && (used[name] ?? 0) + (requested[name] ?? 0) > parseQuantity(hard[name]),
    );
    const missing =
      object.kind === 'Pod' ? Object.keys(hard).filter((name) => name.includes('.') && requested[name] === 0) : [];
    const type = resourceTypeOfKind(object.kind) ?? { group: '', plural: 'pods' };
    const write = (values: Usage, names: string[]): string =>
      names.map((name) => `${name}=${formatQuantity(name, values[name] ?? 0)}`).join(',');
    if (missing.length > 0) {
      // The kind says what it is.
      const containers = ((object as Pod).spec?.containers ?? []).map((container) => container.name).join(',');
      const text = `failed quota: ${quota.metadata.name}: must specify ${missing.map((name) => `${name} for: ${containers}`).join('; ')}`;
      throw forbidden(type, object.metadata.name, text);
    }
    if (over.length > 0) {
      const limited = over.map((name) => `${name}=${hard[name] ?? ''}`).join(',');
      throw forbidden(
        type,
        object.metadata.name,
        `exceeded quota: ${quota.metadata.name}, requested: ${write(requested, over)}, used: ${write(used, over)}, limited: ${limited}`,
      );
    }
  }
  return object;
};

/** Quotas of a number of objects, such as `count/jobs.batch`. */
function enforceCount({ kind, metadata }: KubeObject, store: ObjectStore): void {
  const type = resourceTypeOfKind(kind);
  const { namespace } = metadata;
  if (!type || namespace === undefined) return;
  const name = `count/${type.plural}${type.group ? `.${type.group}` : ''}`;
  for (const quota of store.list('resourcequotas', namespace)) {
    const hard = quota.spec?.hard?.[name];
    const used = hard === undefined ? 0 : store.list(type.plural, namespace).length;
    if (hard === undefined || used + 1 <= parseQuantity(hard)) continue;
    const text = `exceeded quota: ${quota.metadata.name}, requested: ${name}=1, used: ${name}=${used}, limited: ${name}=${hard}`;
    throw forbidden(type, metadata.name, text);
  }
}

/** A namespace's usage of each resource that quotas cover. */
export function usedIn(store: ObjectStore, namespace: string): Usage {
  const total: Usage = {};
  const counted = [
    ...store.list('pods', namespace).filter((pod) => !['Succeeded', 'Failed'].includes(pod.status?.phase ?? '')),
    ...store.list('persistentvolumeclaims', namespace),
    ...store.list('services', namespace),
  ];
  for (const object of counted) {
    for (const [name, value] of Object.entries(usageOf(object) ?? {})) total[name] = (total[name] ?? 0) + value;
  }
  return total;
}

/** How much a write adds to the usage; undefined if nothing. Among updates, only a claim can grow. */
function addedUsage(object: KubeObject, previous: KubeObject | undefined): Usage | undefined {
  const usage = usageOf(object);
  if (!usage || !previous) return usage;
  if (object.kind !== 'PersistentVolumeClaim') return undefined;
  const before = usageOf(previous) ?? {};
  return Object.fromEntries(Object.entries(usage).map(([name, value]) => [name, value - (before[name] ?? 0)]));
}

function usageOf(object: KubeObject): Usage | undefined {
  if (object.kind === 'PersistentVolumeClaim') {
    // The kind says what it is.
    const claim = object as ResourceMap['persistentvolumeclaims'];
    return {
      persistentvolumeclaims: 1,
      'requests.storage': parseQuantity(claim.spec?.resources?.requests?.['storage']),
    };
  }
  if (object.kind === 'Service') {
    // The kind says what it is.
    const { type = 'ClusterIP', ports = [] } = (object as ResourceMap['services']).spec ?? {};
    const isBalanced = type === 'LoadBalancer';
    const nodePorts = isBalanced || type === 'NodePort' ? ports.length : 0;
    return { services: 1, 'services.loadbalancers': Number(isBalanced), 'services.nodeports': nodePorts };
  }
  if (object.kind !== 'Pod') return undefined;
  const usage: Usage = { pods: 1 };
  for (const kind of ['requests', 'limits'] as const) {
    // The kind says what it is.
    for (const resource of ['cpu', 'memory']) usage[`${kind}.${resource}`] = podTotal(object as Pod, kind, resource);
  }
  usage['cpu'] = usage['requests.cpu'] ?? 0;
  usage['memory'] = usage['requests.memory'] ?? 0;
  return usage;
}

/** The larger of the containers' sum and the largest init container. */
export function podTotal(pod: Pod, kind: 'requests' | 'limits', resource: string): number {
  const of = (container: { resources?: ResourceRequirements }): number => {
    const value =
      container.resources?.[kind]?.[resource] ??
      (kind === 'requests' ? container.resources?.limits?.[resource] : undefined);
    return parseQuantity(value);
  };
  const together = (pod.spec?.containers ?? []).reduce((sum, container) => sum + of(container), 0);
  return Math.max(together, ...(pod.spec?.initContainers ?? []).map(of));
}
