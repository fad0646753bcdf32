/** Opens the port: what callers may ask, the way into stores, health and metrics. */
import type { Services } from '@shopyard/contracts/services';
import type { Logger } from 'pino';
import { assertLoopback } from '../api/listen-address.ts';
import { type Listener, listen } from '../api/listener.ts';
import type { Config } from '../config/config.ts';
import type { LiveStores } from '../live/live-stores.ts';
import type { StoreGate } from '../store-access/store-gate.ts';
import type { Metrics } from './metrics.ts';
import type { ServerHealth } from './server-health.ts';

export interface ServeOptions {
  services: Services;
  health: ServerHealth;
  metrics: Metrics;
  board: LiveStores;
  gate: StoreGate;
  /** A customer opens this store. */
  onVisit: (id: string) => void;
  log: Logger;
}

/** Throws ListenError. */
export function serveApi(config: Config, options: ServeOptions): Promise<Listener> {
  const { services, health, metrics, board, gate, onVisit, log } = options;
  return listen({
    ...config,
    assertBound: (bound) => config.auth.kind === 'none' && assertLoopback(config.host, bound),
    services,
    health: { unready: health.missing, metrics: metrics.registry },
    door: {
      find: (name) => board.findByName(name),
      agentFor(store, connections) {
        onVisit(store.id);
        return gate.agentFor(store, connections);
      },
    },
    log,
  });
}
