/** Room for more stores, read only while somebody looks. */
import { type Capacity, MAX_ROOM } from '@shopyard/contracts';
import type { EngineCharts } from '../../chart/engine-charts.ts';
import { toSizeLoads } from '../../chart/size-loads.ts';
import type { ClusterLoad, ReadLoad } from '../../cluster/load.ts';
import { countStores, freeRoom, type PodLoad, shareRequested } from '../../domain/capacity.ts';
import { isKind } from '../../kube/errors.ts';

/**
 * Nodes and other pods are read again after this, and not before, however many look. The stores' own pods, of which there
 * may be ten thousand, come from the watch.
 */
const KEPT_MS = 30_000;
const READ_MS = 10_000;

export interface CapacityOptions {
  read: ReadLoad;
  storeLoads: () => PodLoad[];
  charts: EngineCharts;
  /** Its stores share one machine, whose limits its node doesn't know. */
  isEmbedded: boolean;
  now: () => Date;
}

type Answer = { load: ClusterLoad } | { unknown: string };

/** Never rejects. */
export type ReadCapacity = () => Promise<Capacity>;

export function createCapacity({ read, storeLoads, charts, isEmbedded, now }: CapacityOptions): ReadCapacity {
  let kept: { answer: Promise<Answer>; at: number } | undefined;
  const readOnce = (): Promise<Answer> => {
    const at = now().getTime();
    if (!kept || at - kept.at >= KEPT_MS) kept = { answer: tryRead(read), at };
    return kept.answer;
  };
  return async () => {
    if (isEmbedded) return { unknown: 'The stores share this computer, so there is no fixed number.' };
    const answer = await readOnce();
    if ('unknown' in answer) return answer;
    const { nodes, otherPods } = answer.load;
    const free = freeRoom(nodes, [...otherPods, ...storeLoads()]);
    return {
      nodes: { usable: free.length, total: nodes.length },
      requested: shareRequested(nodes, free),
      room: [...charts].flatMap(([engine, chart]) =>
        toSizeLoads(chart).map(({ size, pods }) => ({ engine, size, stores: countStores(free, pods, MAX_ROOM) })),
      ),
    };
  };
}

async function tryRead(read: ReadLoad): Promise<Answer> {
  try {
    return { load: await read(AbortSignal.timeout(READ_MS)) };
  } catch (error) {
    if (isKind(error, 'forbidden', 'unauthorized'))
      return { unknown: "Shopyard has no right to read the cluster's nodes. Its chart, charts/platform, grants it." };
    return { unknown: "The cluster doesn't answer." };
  }
}
