/**
 * The way into a store: a connection to its WordPress, whichever cluster it is on. Every connection goes to a
 * pod that is ready at that moment; idle ones are kept for the next request to the same pod.
 */
import { Agent, type ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';
import type { DialPod } from '../cluster/dial-pod.ts';
import type { ObservedPod } from '../cluster/observed.ts';

const PORT = 80;
const MAX_CONNECTIONS = 32;
const IDLE_MS = 15_000;

export interface StoreGate {
  /** An agent whose connections lead to the store's ready pod; undefined when none is ready. */
  agentFor(store: { id: string; namespace: string }): Agent | undefined;
  /** Ends all connections. */
  close(): void;
}

interface Door {
  pod: string;
  agent: Agent;
}

export function createStoreGate(
  dial: DialPod,
  podsOf: (store: { id: string; namespace: string }) => ObservedPod[],
): StoreGate {
  const doors = new Map<string, Door>();
  return {
    agentFor(store) {
      const pod = podsOf(store).find(
        (candidate) => candidate.component === 'wordpress' && candidate.ready && !candidate.terminating,
      );
      const known = doors.get(store.id);
      if (known && known.pod === pod?.name) return known.agent;
      known?.agent.destroy();
      doors.delete(store.id);
      if (!pod) return undefined;
      const door = {
        pod: pod.name,
        agent: new PodAgent(() => dial({ namespace: store.namespace, pod: pod.name, port: PORT })),
      };
      doors.set(store.id, door);
      return door.agent;
    },
    close() {
      for (const { agent } of doors.values()) agent.destroy();
      doors.clear();
    },
  };
}

class PodAgent extends Agent {
  readonly #dial: () => Promise<Duplex>;

  constructor(dial: () => Promise<Duplex>) {
    super({ keepAlive: true, maxSockets: MAX_CONNECTIONS, maxFreeSockets: 4, timeout: IDLE_MS, scheduling: 'lifo' });
    this.#dial = dial;
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    this.#dial().then(
      (stream) => callback?.(null, socketLike(stream)),
      (error: unknown) => callback?.(error as Error, undefined as unknown as Duplex),
    );
  }
}

/** What Node's HTTP client calls on a socket beside a stream's own methods. */
function socketLike(stream: Duplex): Duplex {
  const nothing = (): Duplex => stream;
  return Object.assign(stream, {
    setKeepAlive: nothing,
    setNoDelay: nothing,
    setTimeout: nothing,
    ref: nothing,
    unref: nothing,
  });
}
