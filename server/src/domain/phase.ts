/** Derives a store's phase and its cause: the first mismatch in order. */
import { type Phase, type Reason, waitWords } from '@shopyard/contracts';
import { titleOf } from '@shopyard/engines';
import type { StoreObservation } from './observation.ts';
import { ADOPTED } from './store.ts';
import type { Drift } from './drift.ts';
import { shopTrouble } from './recheck.ts';
import type { Assessment } from './situation.ts';
import { isStopped } from './suspension.ts';
import type { StoreRecord } from './store.ts';

interface Cause {
  reason: Reason;
  message: string;
}

const HELD: Cause = {
  reason: ADOPTED,
  message: 'The store runs as its former Shopyard left it. Update or retry it to have this one manage it.',
};

const SUSPENDING: Cause = {
  reason: 'Suspending',
  message: 'Its pods end, as requested: first those of the shop, then its database.',
};
const RESUMING: Cause = { reason: 'Resuming', message: 'Its pods start again, as requested.' };
const RESUME_AWAITED: Cause = {
  reason: 'ChangeWaiting',
  message: 'It was suspended before its latest change was set up: that is done when it resumes.',
};

export interface PhaseWithCause {
  phase: Phase;
  reason: Reason | undefined;
  message: string | undefined;
}

/** A requested deletion shows at once, whatever was recorded: the one place that derives `Deleting`. */
export function phaseOf({ desired }: Pick<StoreRecord, 'desired'>, otherwise: Phase): Phase {
  return desired === 'absent' ? 'Deleting' : otherwise;
}

/** `busy`: the reconciler is working on the store. */
export function toPhase(assessment: Assessment, busy: boolean): PhaseWithCause {
  const { phase, cause } = derive(assessment, busy);
  return { phase: phaseOf(assessment.store, phase), reason: cause?.reason, message: cause?.message };
}

function derive(assessment: Assessment, busy: boolean): { phase: Phase; cause?: Cause | undefined } {
  const { store, view, problem, diagnosis, drift, overdue, isInstalled, isRunning, isVerified } = assessment;
  if (store.desired === 'absent') return { phase: store.phase, cause: problem ?? blockedNamespace(view) };
  if (problem?.terminal) return { phase: 'Failed', cause: problem };
  if (view.namespace?.terminating) return { phase: 'Degraded', cause: terminatingNamespace(view) };
  if (store.held && !isInstalled) return { phase: 'Degraded', cause: heldStore(view) };
  if (assessment.isSuspended) return suspended(assessment);
  if (!isInstalled) return { phase: phaseBeforeInstall(store, view, busy), cause: problem ?? missingPart(assessment) };
  if (drift) return drifted(drift, problem);
  const requested = restarting(assessment) ?? resuming(assessment);
  if (isRunning && isVerified && !requested) return open(store);
  if (diagnosis?.terminal) return { phase: 'Failed', cause: diagnosis };
  if (isVerified && !requested)
    return { phase: 'Degraded', cause: diagnosis ?? overdue ?? { reason: 'NotReady', message: unreadyText(view) } };
  return {
    phase: store.readyAt ? 'Upgrading' : 'Provisioning',
    cause: diagnosis ?? overdue ?? problem ?? requested,
  };
}

/** It wants no pods. Lost data is reported all the same. */
function suspended(assessment: Assessment): { phase: Phase; cause?: Cause | undefined } {
  const { store, view, problem, drift, isInstalled } = assessment;
  if (store.verifiedRevision > 0 && !view.namespace) return { phase: 'Degraded', cause: missingPart(assessment) };
  if (!isStopped(view)) return { phase: 'Upgrading', cause: problem ?? SUSPENDING };
  if (!isInstalled)
    return { phase: 'Suspended', cause: waiting(store) ?? (store.observedGeneration > 0 ? RESUME_AWAITED : undefined) };
  if (drift) return drifted(drift, problem);
  return { phase: 'Suspended', cause: store.held ? HELD : waiting(store) };
}

function resuming({ isResuming }: Assessment): Cause | undefined {
  return isResuming ? RESUMING : undefined;
}

function open(store: StoreRecord): { phase: Phase; cause?: Cause | undefined } {
  const trouble = shopTrouble(store);
  return trouble
    ? { phase: 'Degraded', cause: trouble }
    : { phase: 'Ready', cause: store.held ? HELD : waiting(store) };
}

function waiting({ waiting: change }: StoreRecord): Cause | undefined {
  if (!change) return undefined;
  const what = change.kind === 'rollback' ? 'The rollback' : 'The change';
  return { reason: 'ChangeWaiting', message: `${what} that ${change.actor} asked for waits ${waitWords(change)}.` };
}

/** `undefined` unless a requested restart is not over: that is work in progress, and no trouble. */
function restarting({ openRestarts, engine }: Assessment): Cause | undefined {
  if (openRestarts.length === 0) return undefined;
  const titles = openRestarts.map(({ component }) => titleOf(engine, component));
  return { reason: 'Restarting', message: `New pods replace the running ones, as requested: ${titles.join(', ')}.` };
}

/** Adds the error that blocks the repair, if any, because that is actionable. */
function drifted({ reason, message, repairs }: Drift, problem: Cause | undefined): { phase: Phase; cause: Cause } {
  const failed = repairs.length > 0 && problem;
  const cause = { reason, message: failed ? `${message} That has not succeeded yet: ${problem.message}` : message };
  return { phase: reason === 'VolumeLost' ? 'Failed' : 'Degraded', cause };
}

function phaseBeforeInstall(store: StoreRecord, view: StoreObservation, busy: boolean): Phase {
  if (store.verifiedRevision > 0 && (!view.release || !view.namespace)) return 'Degraded';
  if (store.readyAt && view.release) return 'Upgrading';
  return store.phase === 'Queued' && !busy ? 'Queued' : 'Provisioning';
}

function heldStore({ namespace, release }: StoreObservation): Cause {
  const missing = namespace ? 'The release is missing' : 'The namespace is missing';
  const what = namespace && release ? `The release has the status ${release.status}` : missing;
  return {
    reason: ADOPTED,
    message: `${what}. The store was adopted and hasn't been changed since, so Shopyard leaves it alone. Retry installs it from here.`,
  };
}

function missingPart({ store, view, isMoving }: Assessment): Cause | undefined {
  if (isMoving)
    return {
      reason: 'AddressChanged',
      message: `The store is moving to ${store.url}; until then, its pages link to the old address.`,
    };
  if (store.verifiedRevision === 0 || view.release) return undefined;
  if (view.namespace)
    return { reason: 'ReleaseMissing', message: 'The release was removed from outside and is being reinstalled.' };
  return {
    reason: 'NamespaceMissing',
    message: 'The namespace was removed from outside, with all orders and uploads; an empty store is being installed.',
  };
}

function terminatingNamespace(view: StoreObservation): Cause {
  const held = blockedNamespace(view);
  return {
    reason: 'NamespaceTerminating',
    message:
      `The namespace is being deleted from outside, with all its data; an empty store is installed once it is gone. ${held?.message ?? ''}`.trim(),
  };
}

function blockedNamespace({ namespace }: StoreObservation): Cause | undefined {
  if (!namespace || namespace.remaining.length === 0) return undefined;
  return { reason: 'NamespaceTerminating', message: `Waiting for the namespace: ${namespace.remaining.join(' ')}` };
}

function unreadyText({ workloads }: StoreObservation): string {
  const names = workloads.filter((workload) => !workload.ready).map((workload) => workload.name);
  return names.length > 0 ? `Not ready: ${names.join(', ')}.` : 'The workloads are gone.';
}
