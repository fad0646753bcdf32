/** How many more stores fit on the cluster's nodes: per node, as the scheduler places pods, never by the sum. Pure. */

/** What a pod requests. */
export interface Load {
  /** Millicores. */
  cpu: number;
  /** Bytes. */
  memory: number;
}

export interface PodLoad extends Load {
  /** Empty while the pod waits to be scheduled. */
  node: string;
}

export interface NodeRoom extends Load {
  name: string;
  /** Number of pods. */
  pods: number;
  /** It is ready and takes any pod: not cordoned, and without a taint that a store's pods don't tolerate. */
  usable: boolean;
}

/** What is left on each usable node. Pods that wait are placed first: they come before any new store. */
export function freeRoom(nodes: readonly NodeRoom[], pods: readonly PodLoad[]): NodeRoom[] {
  const free = new Map(nodes.filter(({ usable }) => usable).map((node) => [node.name, { ...node }]));
  const waiting = pods.filter(({ node }) => node === '');
  for (const pod of pods) {
    const node = free.get(pod.node);
    if (node) take(node, pod);
  }
  const left = [...free.values()];
  for (const pod of waiting) place(left, pod);
  return left;
}

/** How many stores of these pods fit, at most `max`. Each pod goes to the node with most memory left, as pods spread. */
export function countStores(free: readonly NodeRoom[], store: readonly Load[], max: number): number {
  const left = free.map((node) => ({ ...node }));
  let count = 0;
  while (count < max && store.length > 0 && store.every((pod) => place(left, pod))) count += 1;
  return count;
}

/** Shares of the usable nodes that are requested, from 0 to 1. */
export function shareRequested(nodes: readonly NodeRoom[], free: readonly NodeRoom[]): { cpu: number; memory: number } {
  const usable = nodes.filter((node) => node.usable);
  const share = (of: (node: NodeRoom) => number): number => {
    const all = sum(usable.map(of));
    return all > 0 ? Math.min(1, Math.max(0, 1 - sum(free.map(of)) / all)) : 1;
  };
  return { cpu: share(({ cpu }) => cpu), memory: share(({ memory }) => memory) };
}

/** False if no node has room for it. */
function place(nodes: readonly NodeRoom[], pod: Load): boolean {
  let best: NodeRoom | undefined;
  for (const node of nodes)
    if (node.pods >= 1 && node.cpu >= pod.cpu && node.memory >= pod.memory && node.memory > (best?.memory ?? -1))
      best = node;
  if (best) take(best, pod);
  return best !== undefined;
}

function take(node: NodeRoom, pod: Load): void {
  node.cpu -= pod.cpu;
  node.memory -= pod.memory;
  node.pods -= 1;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
