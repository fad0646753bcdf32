/** Builds the store that clients see from its row and the watches' observations. */
import type { Attempt, Attention, Condition, Engine, Phase, Store } from '@shopyard/contracts';
import type { StoreView } from './observation.ts';
import { type AttemptState, firstAttempt } from './attempt.ts';
import { attentionIn } from './store.ts';
import { heldUrlOf } from '../storage/held-store.ts';
import type { StoreRow } from '../storage/tables.ts';

/** Components that run to completion; their pods don't count as pods that should run. */
const TASKS = new Set(['setup', 'cron']);

export function toStore(row: StoreRow, view: StoreView, url: string): Store {
  const running = view.pods.filter((pod) => !TASKS.has(pod.component) && !pod.terminating);
  return {
    id: row.id,
    name: row.name,
    namespace: row.namespace,
    engine: row.engine as Engine,
    // A requested deletion shows at once; the reconciler writes the phase later.
    phase: row.desired === 'absent' ? 'Deleting' : (row.phase as Phase),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.message === null ? {} : { message: row.message }),
    attention: attentionOf(row),
    attempt: attemptOf(row),
    conditions: JSON.parse(row.conditions) as Condition[],
    url: heldUrlOf(row) ?? url,
    pods: {
      ready: running.filter((pod) => pod.ready).length,
      total: Math.max(
        running.length,
        view.workloads.reduce((sum, workload) => sum + workload.desired, 0),
      ),
    },
    ...retryOf(row),
    generation: row.generation,
    observedGeneration: row.observed_generation,
    createdAt: row.created_at,
    createdBy: row.created_by,
    ...(row.ready_at === null ? {} : { readyAt: row.ready_at }),
  };
}

function attentionOf(row: StoreRow): Attention {
  const { level, since, reason } = attentionIn(row);
  return { level, since, ...(reason === undefined ? {} : { reason }) };
}

function attemptOf({ attempt, created_at: createdAt, ready_at: readyAt }: StoreRow): Attempt {
  if (attempt === null) return firstAttempt(createdAt, readyAt ?? undefined);
  const { generation: _, values: __, ...shown } = JSON.parse(attempt) as AttemptState;
  return shown;
}

/** The time of the next retry, if one is pending. */
function retryOf({ problem, phase }: StoreRow): { retryAt?: string } {
  const { retryAt } = problem === null || phase === 'Ready' ? {} : (JSON.parse(problem) as { retryAt?: string });
  return retryAt ? { retryAt } : {};
}
