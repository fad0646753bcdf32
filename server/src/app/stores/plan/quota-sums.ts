/**
 * Adds up what a store's pods and claims would request, and holds it against the quotas of its namespace: the API server
 * counts pods only when they are made, which is later. Pure.
 */
import { mostNeeded } from '../../../cluster/pod-load.ts';
import type { QuotaObject } from '../../../cluster/dry-runs.ts';
import type { ManifestObject } from '../../../kube/applied-object.ts';
import { bytesOf } from '../../../kube/quantity.ts';
import { countOf, type Pod, podOf } from './pods-of.ts';

/** Of a container that sets none itself. */
export type Defaults = Partial<Record<'requests' | 'limits', Record<string, string>>>;

export interface Sums {
  /** Their pods run and stay: they hold what they have, whatever the quotas become. */
  staying: readonly ManifestObject[];
  /** Their pods are new. */
  making: readonly ManifestObject[];
  quotas: readonly QuotaObject[];
  /** Defaults of containers, from the LimitRanges. */
  defaults: Defaults;
}

export interface OverQuota {
  object: ManifestObject;
  why: string;
}

/** The resources of pods that quotas limit, as `requests.cpu`. */
const KINDS = ['requests', 'limits'] as const;
const RESOURCES = ['cpu', 'memory'] as const;

/** The objects whose new pods don't fit, in order. */
export function findOverQuota({ staying, making, quotas, defaults }: Sums): OverQuota[] {
  const used = new Map<string, number>();
  const add = (needed: ReadonlyMap<string, number>, count: number): void => {
    for (const [name, value] of needed) used.set(name, (used.get(name) ?? 0) + value * count);
  };
  for (const object of staying) {
    const pod = podOf(object);
    if (pod) add(neededBy(pod, defaults), countOf(object));
  }
  return making.flatMap((object) => {
    const pod = podOf(object);
    const count = countOf(object);
    if (!pod || count === 0) return [];
    const needed = neededBy(pod, defaults);
    const why = quotas.flatMap((quota) => whyOver(quota, { used, needed, count })).join('; ');
    // What does not fit is not made, and takes nothing from the others.
    if (why !== '') return [{ object, why }];
    add(needed, count);
    return [];
  });
}

/** The LimitRanges' defaults for containers, in a manifest. */
export function defaultsOf(objects: readonly ManifestObject[]): Defaults {
  const ranges = objects.filter(({ kind }) => kind === 'LimitRange').map(parseLimitRange);
  const items = ranges.flatMap(({ spec }) => spec?.limits ?? []).filter(({ type }) => type === 'Container');
  return {
    limits: Object.assign({}, ...items.map((item) => item.default)),
    requests: Object.assign({}, ...items.map((item) => item.defaultRequest)),
  };
}

/** The quotas of a manifest. */
export function quotasOf(objects: readonly ManifestObject[]): QuotaObject[] {
  return objects.filter(({ kind }) => kind === 'ResourceQuota');
}

function neededBy({ spec }: Pod, defaults: Defaults): Map<string, number> {
  const of = (kind: (typeof KINDS)[number], resource: string): number =>
    mostNeeded(spec.initContainers ?? [], spec.containers ?? [], ({ resources }) => {
      const limit = resources?.limits?.[resource] ?? defaults.limits?.[resource];
      if (kind === 'limits') return bytesOf(limit);
      const own = resources?.requests?.[resource] ?? resources?.limits?.[resource];
      return bytesOf(own ?? defaults.requests?.[resource] ?? limit);
    });
  const sums = KINDS.flatMap((kind) => RESOURCES.map((name): [string, number] => [`${kind}.${name}`, of(kind, name)]));
  const requests = RESOURCES.map((name): [string, number] => [name, of('requests', name)]);
  return new Map([...sums, ...requests, ['pods', 1]]);
}

function whyOver(
  { metadata, spec }: QuotaObject,
  { used, needed, count }: { used: ReadonlyMap<string, number>; needed: ReadonlyMap<string, number>; count: number },
): string[] {
  return Object.entries(spec?.hard ?? {}).flatMap(([name, hard]) => {
    const more = (needed.get(name) ?? 0) * count;
    const all = (used.get(name) ?? 0) + more;
    // Rounded, since a tenth is no binary fraction.
    if (more === 0 || all - bytesOf(String(hard)) < 1e-6) return [];
    const quota = `the quota ${metadata.name}`;
    return [`its pods would exceed ${quota}: ${name} ${toQuantity(name, all)} in all, limited to ${hard}`];
  });
}

function toQuantity(resource: string, value: number): string {
  if (resource.endsWith('cpu')) return `${Math.round(value * 1000)}m`;
  return resource.endsWith('memory') ? `${Math.round(value / 1024 ** 2)}Mi` : String(value);
}

interface LimitRange {
  spec?: {
    limits?: { type?: string; default?: Record<string, string>; defaultRequest?: Record<string, string> }[];
  };
}

/** The API server has checked it, or will. */
function parseLimitRange(object: ManifestObject): LimitRange {
  return object as LimitRange;
}
