/** A store as clients see it, from its record and what the watches know. Pure. */
import type { Attempt, Store } from '@shopyard/contracts';
import { type Engine, isTask } from '@shopyard/engines';
import type { StoreObservation } from './observation.ts';
import { firstAttempt } from './attempt.ts';
import { phaseOf } from './phase.ts';
import type { StoreRecord } from './store.ts';

/** `engine`: undefined if this build lacks it. */
export function toStore(store: StoreRecord, view: StoreObservation, engine: Engine | undefined): Store {
  const { reason, problem, readyAt, versions } = store;
  const message = engine ? store.message : unknownEngine(store);
  // Tasks run to completion, so their pods don't count as pods that should run.
  const running = view.pods.filter(
    ({ component, terminating }) => !terminating && !(engine && isTask(engine, component)),
  );
  const wanted = view.workloads.reduce((sum, workload) => sum + workload.desired, 0);
  const retryAt = store.phase === 'Ready' ? undefined : problem?.retryAt;
  return {
    id: store.id,
    name: store.name,
    namespace: store.namespace,
    engine: store.engine,
    ...store.profile,
    phase: phaseOf(store, store.phase),
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
    ...(store.desired === 'suspended' ? { suspended: true } : {}),
    attention: attentionOf(store),
    attempt: attemptOf(store),
    ...operationOf(store),
    conditions: store.conditions,
    url: store.url,
    pods: { ready: running.filter((pod) => pod.ready).length, total: Math.max(running.length, wanted) },
    ...(retryAt === undefined ? {} : { retryAt }),
    generation: store.generation,
    observedGeneration: store.observedGeneration,
    createdAt: store.createdAt,
    createdBy: store.createdBy,
    ...(readyAt === undefined ? {} : { readyAt }),
    ...(versions === undefined ? {} : { versions }),
    ...(store.chart ? { chart: store.chart } : {}),
  };
}

function unknownEngine({ engine }: StoreRecord): string {
  return `This Shopyard has no engine "${engine}": the store is shown as it was, and left as it is.`;
}

function operationOf({ running, waiting }: StoreRecord): Pick<Store, 'operation'> {
  if (running) {
    const { id, kind, step, startedAt } = running;
    return { operation: { id, kind, step, state: 'running', since: startedAt } };
  }
  if (!waiting) return {};
  const { id, kind, at, notBefore, tz } = waiting;
  const shown = { id, kind, state: 'waiting', since: at } as const;
  if (notBefore === undefined) return { operation: { ...shown, step: 'Resume' } };
  return { operation: { ...shown, step: 'Window', notBefore, tz } };
}

function attentionOf({ attention: { level, since, reason } }: StoreRecord): Store['attention'] {
  return { level, since, ...(reason === undefined ? {} : { reason }) };
}

function attemptOf({ attempt, createdAt, readyAt }: StoreRecord): Attempt {
  if (!attempt) return firstAttempt(createdAt, readyAt);
  const { generation: _, values: __, ...shown } = attempt;
  return shown;
}
