/** Assesses a situation: how far the store is, and what keeps it from being further. Pure. */
import { overdueStep, stepDeadline } from './budgets.ts';
import { toConditions } from './conditions.ts';
import { diagnose } from './diagnose/diagnose.ts';
import { driftOf, suspectsOf } from './drift.ts';
import { isInstalled, isMoving, isRunning, isSetUp, isVerified } from './readiness.ts';
import { openRestarts, toRestarted } from './restarts.ts';
import { isResuming } from './suspension.ts';
import type { Assessment, Readiness, Situation } from './situation.ts';

export function assess(situation: Situation): Assessment {
  const { store, engine, view, now, budgets } = situation;
  const readiness: Readiness = {
    ...situation,
    problem: store.problem?.generation === store.generation ? store.problem : undefined,
    isInstalled: isInstalled(store, view),
    isMoving: isMoving(store, view),
    isSetUp: isSetUp(view, engine),
    isRunning: isRunning(view, engine),
    isVerified: isVerified(store, view),
    isSuspended: store.desired === 'suspended',
    isResuming: isResuming(store),
    // Pods that end explain nothing.
    diagnosis: store.desired === 'suspended' ? undefined : diagnose(view, engine),
    // A restart that is over in this view is over now: nothing else may happen that would wake the reconciler.
    openRestarts: store.held ? [] : openRestarts({ ...store, restarted: toRestarted(store, view) }),
  };
  const conditions = toConditions(readiness);
  // A held store is left as it is, so nothing in it counts as drift.
  const drift = store.held ? undefined : driftOf({ ...store, conditions }, view, { engine, now });
  return {
    ...readiness,
    conditions,
    deadline: stepDeadline(conditions, budgets)?.at,
    overdue: overdueStep(conditions, readiness),
    drift,
    suspects: store.held ? [] : suspectsOf(store, view),
  };
}
