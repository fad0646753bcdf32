/** Derives a store's attention and the progress of its attempt from the evidence. */
import { createHash } from 'node:crypto';
import { needsAttention } from '@shopyard/contracts';
import { attemptOf, type AttemptState } from './attempt.ts';
import { attentionOf, type AttentionState } from './attention.ts';
import { isInstalled, isMoving } from './plan.ts';
import type { StoreStatus } from './conditions.ts';
import type { Evidence } from './evidence.ts';
import { overdueStep } from './budgets.ts';

export interface Progressed {
  attention: AttentionState;
  attempt: AttemptState;
}

export function progressOf(evidence: Evidence, { phase, reason, conditions }: StoreStatus): Progressed {
  const { store, view, diagnosis, drift, now } = evidence;
  const { problem } = store;
  const count =
    (diagnosis?.reason === reason && diagnosis?.crashes) || (problem?.reason === reason && problem?.tries) || 0;
  const down = conditions.filter(
    ({ type, status }) => status !== 'True' && (type === 'DatabaseReady' || type === 'ApplicationReady'),
  );
  const downSince =
    phase === 'Degraded' ? down.map(({ lastTransitionTime }) => lastTransitionTime).toSorted()[0] : undefined;
  const moving = isMoving(store, view);
  return {
    attention: attentionOf(
      { phase, reason, count, overdue: overdueStep(conditions, evidence) !== undefined, downSince },
      store.attention,
      now,
    ),
    attempt: attemptOf(
      {
        phase,
        conditions,
        generation: store.generation,
        values: createHash('sha256').update(JSON.stringify(store.values)).digest('base64url').slice(0, 16),
        moving,
        repairing: !store.held && !moving && ((drift?.repairs.length ?? 0) > 0 || !isInstalled(store, view)),
        createdAt: store.createdAt,
        readyAt: store.readyAt,
      },
      store.attempt,
      now,
    ),
  };
}

/** `undefined` unless the store started or stopped needing attention. */
export function attentionChange(before: AttentionState, after: AttentionState): AttentionState['level'] | undefined {
  return needsAttention({ attention: before }) === needsAttention({ attention: after }) ? undefined : after.level;
}
