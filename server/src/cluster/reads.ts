/** On-demand reads from the cluster: events and logs of one store's namespace. */
import type { KubeEvent, LogsInput } from '@shopyard/contracts';
import type { KubeClient } from '../kube/client.ts';
import { readLines } from '../kube/read-lines.ts';
import { MAX_EVENTS, newestFirst, type RawEvent, toOrderedEvent } from './events.ts';

export interface LogsRequest extends Pick<LogsInput, 'pod' | 'container' | 'previous'> {
  namespace: string;
  /** Number of past lines, all by default; none from before a time (ISO 8601). */
  from: { tail?: number | undefined; since?: string | undefined };
}

export interface ClusterReads {
  /** Newest first, at most `MAX_EVENTS`. Throws ClusterError. */
  events(namespace: string, signal: AbortSignal): Promise<KubeEvent[]>;
  /** Live lines, each prefixed with its time and a space; ends with the container. Throws ClusterError. */
  logs(request: LogsRequest, signal: AbortSignal): AsyncIterable<string>;
}

export function createClusterReads(client: KubeClient): ClusterReads {
  return {
    async events(namespace, signal) {
      const query = { limit: String(MAX_EVENTS) };
      const path = `/api/v1/namespaces/${namespace}/events`;
      const { items } = await client.json<{ items: RawEvent[] | null }>(path, { query, signal });
      return newestFirst((items ?? []).map(toOrderedEvent));
    },
    async *logs({ namespace, pod, container, previous, from }, signal) {
      const query = {
        container,
        timestamps: 'true',
        ...(previous ? { previous: 'true' } : { follow: 'true' }),
        ...(from.tail === undefined ? {} : { tailLines: String(from.tail) }),
        ...(from.since === undefined ? {} : { sinceTime: from.since }),
      };
      const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log`;
      const { body } = await client.stream(path, { query, signal, accept: '*/*' });
      yield* readLines(body);
    },
  };
}
