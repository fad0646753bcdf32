/**
 * Restarts that were requested: by component, the ISO time of the latest request. The pods' template carries that time once
 * their rollout has begun, so the cluster alone tells how far a restart is. Pure.
 */
import type { StoreObservation } from './observation.ts';

export type Restarts = Readonly<Record<string, string>>;

interface Restarting {
  /** As requested. */
  restarts: Restarts;
  /** Those that are over. */
  restarted: Restarts;
}

export interface Restart {
  component: string;
  /** ISO 8601. */
  at: string;
}

/** Every restart that is not over yet. */
export function openRestarts({ restarts, restarted }: Restarting): Restart[] {
  return Object.entries(restarts)
    .filter(([component, at]) => restarted[component] !== at)
    .map(([component, at]) => ({ component, at }));
}

/** The first one whose pods' template doesn't carry its time yet. */
export function nextRestart(store: Restarting, { workloads }: StoreObservation): Restart | undefined {
  return openRestarts(store).find(({ component, at }) =>
    workloads.some((workload) => workload.component === component && workload.restartedAt !== at),
  );
}

/** A restart is over once every pod of its component runs the template that carries its time. */
export function toRestarted(store: Restarting, { workloads }: StoreObservation): Restarts {
  const over = openRestarts(store).filter(({ component, at }) => {
    const own = workloads.filter((workload) => workload.component === component);
    return own.length > 0 && own.every(({ restartedAt, ready }) => restartedAt === at && ready);
  });
  if (over.length === 0) return store.restarted;
  return { ...store.restarted, ...Object.fromEntries(over.map(({ component, at }) => [component, at])) };
}
