/** Derives a store's phase and its cause: the first mismatch in order. */
import type { Phase, Reason } from '@shopyard/contracts';
import type { StoreObservation } from './observation.ts';
import { ADOPTED } from './store.ts';
import type { Drift } from './drift.ts';
import { shopTrouble } from './recheck.ts';
import type { Assessment } from './situation.ts';
import type { StoreRecord } from './store.ts';

interface Why {
  reason: Reason;
  message: string;
}

const HELD: Why = {
  reason: ADOPTED,
  message: 'It runs as its former Shopyard left it. Update or retry it to have this one manage it.',
};

export interface PhaseAndWhy {
  phase: Phase;
  reason: Reason | undefined;
  message: string | undefined;
}

/** A requested deletion shows at once, whatever was recorded: the one place that derives `Deleting`. */
export function phaseOf({ desired }: Pick<StoreRecord, 'desired'>, otherwise: Phase): Phase {
  return desired === 'absent' ? 'Deleting' : otherwise;
}

/** `busy`: the reconciler is working on the store. */
export function toPhase(assessment: Assessment, busy: boolean): PhaseAndWhy {
  const { phase, why } = judge(assessment, busy);
  return { phase: phaseOf(assessment.store, phase), reason: why?.reason, message: why?.message };
}

function judge(assessment: Assessment, busy: boolean): { phase: Phase; why?: Why | undefined } {
  const { store, view, problem, diagnosis, drift, overdue, isInstalled, isRunning, isVerified } = assessment;
  if (store.desired === 'absent') return { phase: store.phase, why: problem ?? holdUp(view) };
  if (problem?.terminal) return { phase: 'Failed', why: problem };
  if (view.namespace?.terminating) return { phase: 'Degraded', why: goingNamespace(view) };
  if (store.held && !isInstalled) return { phase: 'Degraded', why: notTouched(view) };
  if (!isInstalled) return { phase: phaseBeforeInstall(store, view, busy), why: problem ?? missing(assessment) };
  if (drift) return { phase: drift.reason === 'VolumeLost' ? 'Failed' : 'Degraded', why: drifted(drift, problem) };
  const trouble = shopTrouble(store);
  if (isRunning && isVerified && trouble) return { phase: 'Degraded', why: trouble };
  if (isRunning && isVerified) return { phase: 'Ready', why: store.held ? HELD : undefined };
  if (diagnosis?.terminal) return { phase: 'Failed', why: diagnosis };
  if (isVerified)
    return { phase: 'Degraded', why: diagnosis ?? overdue ?? { reason: 'NotReady', message: unreadyText(view) } };
  return { phase: store.readyAt ? 'Upgrading' : 'Provisioning', why: diagnosis ?? overdue ?? problem };
}

/** Adds the error that blocks the repair, if any, because that is actionable. */
function drifted({ reason, message, repairs }: Drift, problem: Why | undefined): Why {
  const failed = repairs.length > 0 && problem;
  return { reason, message: failed ? `${message} That has not succeeded yet: ${problem.message}` : message };
}

function phaseBeforeInstall(store: StoreRecord, view: StoreObservation, busy: boolean): Phase {
  if (store.verifiedRevision > 0 && (!view.release || !view.namespace)) return 'Degraded';
  if (store.readyAt && view.release) return 'Upgrading';
  return store.phase === 'Queued' && !busy ? 'Queued' : 'Provisioning';
}

function notTouched({ namespace, release }: StoreObservation): Why {
  const what = !namespace ? 'Its namespace is not there' : `Its release is ${release?.status ?? 'not there'}`;
  return {
    reason: ADOPTED,
    message: `${what}, and nothing is done about that: it was adopted, and not changed since. Retry installs it from here.`,
  };
}

function missing({ store, view, isMoving }: Assessment): Why | undefined {
  if (isMoving)
    return { reason: 'AddressChanged', message: `It moves to ${store.url}; until then its pages lead elsewhere.` };
  if (store.verifiedRevision === 0 || view.release) return undefined;
  if (view.namespace)
    return { reason: 'ReleaseMissing', message: 'Its release was removed from outside; it is being installed again.' };
  return {
    reason: 'NamespaceMissing',
    message:
      'Its namespace was removed from outside, and its orders and uploads with it; an empty store is being installed.',
  };
}

function goingNamespace(view: StoreObservation): Why {
  const held = holdUp(view);
  return {
    reason: 'NamespaceTerminating',
    message:
      `Its namespace is being deleted from outside, with its data; an empty store is installed when it is gone. ${held?.message ?? ''}`.trim(),
  };
}

function holdUp({ namespace }: StoreObservation): Why | undefined {
  if (!namespace || namespace.remaining.length === 0) return undefined;
  return { reason: 'NamespaceTerminating', message: `Waiting for the namespace: ${namespace.remaining.join(' ')}` };
}

function unreadyText({ workloads }: StoreObservation): string {
  const names = workloads.filter((workload) => !workload.ready).map((workload) => workload.name);
  return names.length > 0 ? `Not ready: ${names.join(', ')}.` : 'Its workloads are gone.';
}
