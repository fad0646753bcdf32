/** Derives a store's attention and the progress of its attempt from its assessment. Pure. */
import { createHash } from 'node:crypto';
import { needsAttention } from '@shopyard/contracts';
import { attemptOf, type AttemptState } from './attempt.ts';
import { attentionOf, type AttentionState } from './attention.ts';
import type { PhaseWithCause } from './phase.ts';
import type { Assessment } from './situation.ts';

export function toAttention(assessment: Assessment, { phase, reason }: PhaseWithCause): AttentionState {
  const { store, problem, diagnosis, conditions, overdue, now } = assessment;
  const count =
    (diagnosis?.reason === reason && diagnosis?.crashes) || (problem?.reason === reason && problem?.tries) || 0;
  const down = conditions.filter(
    ({ type, status }) => status === 'False' && (type === 'DatabaseReady' || type === 'ApplicationReady'),
  );
  const downSince =
    phase === 'Degraded' ? down.map(({ lastTransitionTime }) => lastTransitionTime).toSorted()[0] : undefined;
  const trouble = { phase, reason, count, overdue: overdue !== undefined, downSince };
  return attentionOf(trouble, store.attention, new Date(now).toISOString());
}

export function toAttempt(assessment: Assessment, { phase }: PhaseWithCause): AttemptState {
  const { store, drift, conditions, isInstalled, isMoving, now } = assessment;
  return attemptOf(
    {
      phase,
      conditions,
      generation: store.generation,
      values: createHash('sha256').update(JSON.stringify(store.values)).digest('base64url').slice(0, 16),
      moving: isMoving,
      repairing: !store.held && !isMoving && ((drift?.repairs.length ?? 0) > 0 || !isInstalled),
      resumedAt: store.desired === 'present' ? store.resumedAt : undefined,
      createdAt: store.createdAt,
      readyAt: store.readyAt,
    },
    store.attempt,
    new Date(now).toISOString(),
  );
}

/** `undefined` unless the store started or stopped needing attention. */
export function attentionChange(before: AttentionState, after: AttentionState): AttentionState['level'] | undefined {
  return needsAttention({ attention: before }) === needsAttention({ attention: after }) ? undefined : after.level;
}
