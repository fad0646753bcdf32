/** Opens the port: what callers may ask, the way into stores, health and metrics. */
import { createCallers } from '../api/caller.ts';
import { type Listener, listen } from '../api/listener.ts';
import type { Metrics } from '../api/metrics.ts';
import { createScope } from '../app/access/scope-services.ts';
import type { Access } from '../app/access/access.ts';
import type { Config } from '../config/config.ts';
import type { Process } from './foundation.ts';
import type { Stages } from './start-stages.ts';

export interface Served {
  stages: Stages;
  metrics: Metrics;
  people: Access;
  process: Process;
}

/** Throws ListenError. */
export function serveApi(config: Config, { stages, metrics, people, process }: Served): Promise<Listener> {
  const { services, health, access } = stages;
  const { liveStores } = stages.live;
  return listen({
    listening: config,
    calls: {
      services,
      people,
      scope: createScope((id) => liveStores.get(id)),
      callers: createCallers({ listening: config, access: people, now: process.clock.now }),
    },
    health: { unready: health.missing, metrics: metrics.registry },
    clientDir: config.clientDir,
    access,
    log: process.log,
  });
}
