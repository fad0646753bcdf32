/** Reads what the cluster's nodes offer, and what pods other than the stores' request. */
import type { V1Node, V1Pod } from '@kubernetes/client-node';
import type { NodeRoom, PodLoad } from '../domain/capacity.ts';
import { STORE_ID_LABEL } from '../domain/labels.ts';
import type { KubeClient } from '../kube/client.ts';
import { listObjects } from '../kube/list-watch.ts';
import type { KubeObject } from '../kube/objects.ts';
import { bytesOf } from '../kube/quantity.ts';
import { toPodLoad } from './pod-load.ts';

export interface ClusterLoad {
  nodes: NodeRoom[];
  /** The stores' own pods are watched anyway. */
  otherPods: PodLoad[];
}

/** In pages, and only as long as it takes. Throws ClusterError. */
export type ReadLoad = (signal: AbortSignal) => Promise<ClusterLoad>;

type Raw<T> = Omit<T, 'metadata'> & KubeObject;

export function createLoadReader(client: KubeClient): ReadLoad {
  return async (signal) => {
    const nodes: NodeRoom[] = [];
    const otherPods: PodLoad[] = [];
    await listObjects<Raw<V1Node>>({ client, path: '/api/v1/nodes' }, signal, (node) => nodes.push(toRoom(node)));
    const others = { client, path: '/api/v1/pods', query: { labelSelector: `!${STORE_ID_LABEL}` } };
    await listObjects<Raw<V1Pod>>(others, signal, ({ spec, status }) => {
      const load = toPodLoad({ ...(spec ? { spec } : {}), ...(status ? { status } : {}) });
      if (load) otherPods.push(load);
    });
    return { nodes, otherPods };
  };
}

export function toRoom({ metadata, spec, status }: Raw<V1Node>): NodeRoom {
  const offered = status?.allocatable ?? {};
  const ready = status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
  const repels = spec?.taints?.some(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute') ?? false;
  return {
    name: metadata.name,
    cpu: Math.round(bytesOf(offered['cpu']) * 1000),
    memory: bytesOf(offered['memory']),
    pods: bytesOf(offered['pods']),
    usable: ready && !repels && spec?.unschedulable !== true,
  };
}
