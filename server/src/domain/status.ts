/** Derives everything that is recorded about a store from its assessment. Pure. */
import { toPhase } from './phase.ts';
import type { ActiveAction } from './plan.ts';
import { toAttempt, toAttention } from './progress.ts';
import { toRestarted } from './restarts.ts';
import type { Assessment, Situation } from './situation.ts';
import type { Problem, StoreRecord, StoreStatus } from './store.ts';
import { reportedVersions } from './versions.ts';

/** What an action found out that the watches don't show. */
export type Facts = Partial<Pick<StoreRecord, 'verifiedRevision' | 'inventory' | 'sighting'>>;

/** `action`: what the reconciler is about to do, if anything. */
export function toStatus(assessment: Assessment, action: ActiveAction | undefined): StoreStatus {
  const { store, engine, view, problem, conditions, now } = assessment;
  const { verifiedRevision, inventory, sighting } = store;
  const phase = toPhase(assessment, action !== undefined);
  return {
    ...phase,
    conditions,
    observedGeneration: view.release?.generation ?? store.observedGeneration,
    verifiedRevision,
    problem,
    readyAt: store.readyAt ?? (phase.phase === 'Ready' ? new Date(now).toISOString() : undefined),
    inventory,
    sighting,
    attention: toAttention(assessment, phase),
    attempt: toAttempt(assessment, phase),
    restarted: toRestarted(store, view),
    versions: reportedVersions(view, engine) ?? store.versions,
  };
}

/** The situation as it is once an action has succeeded: with its facts, and without the failures before it. */
export function withFacts(situation: Situation, facts: Facts): Situation {
  return { ...situation, store: { ...situation.store, ...facts, problem: undefined } };
}

export function withProblem(situation: Situation, problem: Problem): Situation {
  return { ...situation, store: { ...situation.store, problem } };
}
