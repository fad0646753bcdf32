/**
 * Connects to a store's shop, whichever cluster it runs on. Every connection goes to a pod that is ready at that
 * moment; idle connections are kept for the next request to the same pod.
 */
import { Agent, type ClientRequest, type ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Engines, webOf } from '@shopyard/engines';
import type { DialPod } from '../kube/port-forward.ts';
import type { ObservedPod } from '../domain/observation.ts';

const MAX_CONNECTIONS = 32;
/** Shorter than Apache's keep-alive timeout of 5 s. */
const IDLE_MS = 4000;

/** `kept` may reuse a connection, even one just closed by the store; `fresh` is for what must not be sent twice. */
export type Connections = 'kept' | 'fresh';

export interface Reachable {
  id: string;
  namespace: string;
  engine: string;
}

export interface StoreAgents {
  /** Returns an agent that connects to the store's ready pod; undefined when no pod is ready. */
  agentFor: (store: Reachable, connections: Connections) => Agent | undefined;
  /** Closes all connections. */
  close(): void;
}

interface PodAgents extends Record<Connections, Agent> {
  pod: string;
}

export interface StoreAgentsOptions {
  dial: DialPod;
  engines: Engines;
  podsOf: (store: Reachable) => ObservedPod[];
}

export function createStoreAgents({ dial, engines, podsOf }: StoreAgentsOptions): StoreAgents {
  const byStore = new Map<string, PodAgents>();
  return {
    agentFor(store, connections) {
      const pods = podsOf(store);
      const engine = engines.get(store.engine);
      const web = engine && webOf(engine);
      const pod = pods.find(({ component, ready, terminating }) => component === web?.name && ready && !terminating);
      const known = byStore.get(store.id);
      if (known && known.pod === pod?.name) return known[connections];
      // Requests in flight to a pod that became unready, such as a long import, continue; only new ones stay away.
      if (known && !pods.some(({ name }) => name === known.pod)) {
        closeAgents(known);
        byStore.delete(store.id);
      }
      if (!pod || web?.port === undefined) return undefined;
      const { port } = web;
      const open = (): Promise<Duplex> => dial({ namespace: store.namespace, pod: pod.name, port });
      const agents = { pod: pod.name, kept: new PodAgent(open, true), fresh: new PodAgent(open, false) };
      byStore.set(store.id, agents);
      return agents[connections];
    },
    close() {
      for (const agents of byStore.values()) closeAgents(agents);
      byStore.clear();
    },
  };
}

function closeAgents({ kept, fresh }: PodAgents): void {
  kept.destroy();
  fresh.destroy();
}

class PodAgent extends Agent {
  readonly #dial: () => Promise<Duplex>;
  readonly #idle = new WeakMap<Duplex, NodeJS.Timeout>();

  constructor(dial: () => Promise<Duplex>, keepAlive: boolean) {
    super({ keepAlive, maxSockets: MAX_CONNECTIONS, maxFreeSockets: 4, scheduling: 'lifo' });
    this.#dial = dial;
  }

  // The agent's own timeout relies on socket timeouts, which these streams lack.
  override keepSocketAlive(socket: Duplex): true {
    this.#idle.set(socket, setTimeout(() => socket.destroy(), IDLE_MS).unref());
    super.keepSocketAlive(socket);
    return true;
  }

  override reuseSocket(socket: Duplex, request: ClientRequest): void {
    clearTimeout(this.#idle.get(socket));
    super.reuseSocket(socket, request);
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    this.#dial().then(
      (stream) => callback?.(null, socketLike(stream)),
      // Node's type demands a socket even with an error.
      (error: unknown) => callback?.(error as Error, undefined as unknown as Duplex),
    );
  }
}

/** Adds the socket methods that Node's HTTP client calls on top of a stream's own. */
function socketLike(stream: Duplex): Duplex {
  const noop = (): Duplex => stream;
  return Object.assign(stream, {
    setKeepAlive: noop,
    setNoDelay: noop,
    setTimeout: noop,
    ref: noop,
    unref: noop,
  });
}
