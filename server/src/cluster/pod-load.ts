/** What a pod requests of its node, as the scheduler counts it. Pure. */
import type { V1Pod } from '@kubernetes/client-node';
import type { PodLoad } from '../domain/capacity.ts';
import { bytesOf } from '../kube/quantity.ts';

type Requests = { [resource: string]: string } | undefined;
interface Container {
  restartPolicy?: string;
  resources?: { requests?: Requests };
}

/** Undefined for a pod that has ended: it holds nothing. */
export function toPodLoad({ spec, status }: Pick<V1Pod, 'spec' | 'status'>): PodLoad | undefined {
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return undefined;
  const load = (resource: string): number => {
    // Requests of the pod as a whole replace those of its containers.
    const whole = spec?.resources?.requests?.[resource];
    const requested = ({ resources }: Container): number => bytesOf(resources?.requests?.[resource]);
    const containers =
      whole === undefined ? mostNeeded(spec?.initContainers ?? [], spec?.containers ?? [], requested) : bytesOf(whole);
    return containers + bytesOf(spec?.overhead?.[resource]);
  };
  // Rounded, since a tenth is no binary fraction.
  return { node: spec?.nodeName ?? '', cpu: Math.round(load('cpu') * 1000), memory: Math.round(load('memory')) };
}

/**
 * The most that is needed at one time: init containers run one after another, beside the sidecars that began before them,
 * and then the containers beside all sidecars.
 */
export function mostNeeded<C extends { restartPolicy?: string }>(
  init: readonly C[],
  containers: readonly C[],
  needed: (container: C) => number,
): number {
  let [sidecars, most] = [0, 0];
  for (const container of init) {
    const own = needed(container);
    most = Math.max(most, sidecars + own);
    if (container.restartPolicy === 'Always') sidecars += own;
  }
  const running = containers.reduce((all, container) => all + needed(container), sidecars);
  return Math.max(most, running);
}
