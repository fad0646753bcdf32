/** Derives a store's phase and its cause: the first mismatch in order. */
import type { Phase, Reason } from '@shopyard/contracts';
import type { StoreObservation } from './observation.ts';
import { ADOPTED } from './store.ts';
import { isInstalled, isMoving, isRunning, isVerified } from './plan.ts';
import type { Drift } from './drift.ts';
import { shopTrouble } from './recheck.ts';
import type { Evidence } from './evidence.ts';
import type { StoreRecord } from './store.ts';

interface Why {
  reason: Reason;
  message: string;
}

const HELD: Why = {
  reason: ADOPTED,
  message: 'It runs as its former Shopyard left it. Update or retry it to have this one manage it.',
};

interface PhaseAndWhy {
  phase: Phase;
  reason: Reason | undefined;
  message: string | undefined;
}

/** `overdue`: the current step exceeds its budget. */
export function phaseOf(evidence: Evidence, overdue: Why | undefined): PhaseAndWhy {
  const { phase, why } = judge(evidence, overdue);
  return { phase, reason: why?.reason, message: why?.message };
}

function judge(
  { store, engine, view, diagnosis, drift, busy }: Evidence,
  overdue: Why | undefined,
): { phase: Phase; why?: Why | undefined } {
  const { problem } = store;
  if (store.desired === 'absent') return { phase: 'Deleting', why: problem ?? holdUp(view) };
  if (problem?.terminal) return { phase: 'Failed', why: problem };
  if (view.namespace?.terminating) return { phase: 'Degraded', why: goingNamespace(view) };
  if (store.held && !isInstalled(store, view)) return { phase: 'Degraded', why: notTouched(view) };
  if (!isInstalled(store, view))
    return { phase: phaseBeforeInstall(store, view, busy), why: problem ?? missing(store, view) };
  if (drift) return { phase: drift.reason === 'VolumeLost' ? 'Failed' : 'Degraded', why: drifted(drift, problem) };
  const trouble = shopTrouble(store);
  if (isRunning(view, engine) && isVerified(store, view) && trouble) return { phase: 'Degraded', why: trouble };
  if (isRunning(view, engine) && isVerified(store, view)) return { phase: 'Ready', why: store.held ? HELD : undefined };
  if (diagnosis?.terminal) return { phase: 'Failed', why: diagnosis };
  if (isVerified(store, view))
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

function missing(store: StoreRecord, view: StoreObservation): Why | undefined {
  if (isMoving(store, view))
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
