/** How a store is, in phase and conditions: a pure function of what was observed. */
import { type Condition, CONDITION_TYPES, type ConditionType, type Phase } from '@shopyard/contracts';
import type { Diagnosis } from '../cluster/diagnose/diagnosis.ts';
import type { StoreView } from '../cluster/observed.ts';
import { isInstalled, isRunning, isSetUp, isVerified } from './decide-action.ts';
import type { StoreState } from './store-state.ts';

export interface StoreStatus {
  phase: Phase;
  reason: string | undefined;
  message: string | undefined;
  conditions: Condition[];
}

export interface Evidence {
  store: StoreState;
  view: StoreView;
  diagnosis: Diagnosis | undefined;
  /** The reconciler works on it at this moment, or has begun to. */
  busy: boolean;
  /** ISO 8601. */
  now: string;
}

export function statusOf(evidence: Evidence): StoreStatus {
  const { store, now } = evidence;
  const conditions = CONDITION_TYPES.map((type) => {
    const next = conditionOf(type, evidence);
    const before = store.conditions.find((condition) => condition.type === type);
    const same = before?.status === next.status && before.reason === next.reason && before.message === next.message;
    if (same) return before;
    return { ...next, lastTransitionTime: before?.status === next.status ? before.lastTransitionTime : now };
  });
  return { ...phaseOf(evidence), conditions };
}

type PhaseAndWhy = Omit<StoreStatus, 'conditions'>;

function phaseOf({ store, view, diagnosis, busy }: Evidence): PhaseAndWhy {
  const { problem } = store;
  const because = (phase: Phase, why?: { reason: string; message: string }): PhaseAndWhy => ({
    phase,
    reason: why?.reason,
    message: why?.message,
  });
  if (store.desired === 'absent') return because('Deleting', problem ?? holdUp(view));
  if (problem?.terminal) return because('Failed', problem);
  if (!isInstalled(store, view)) return because(phaseBeforeInstall(store, view, busy), problem ?? missing(store, view));
  if (isRunning(view) && isVerified(store, view)) return because('Ready');
  if (diagnosis?.terminal) return because('Failed', diagnosis);
  if (isVerified(store, view))
    return because('Degraded', diagnosis ?? { reason: 'NotReady', message: unreadyText(view) });
  return because(store.generation > 1 && store.readyAt ? 'Upgrading' : 'Provisioning', diagnosis ?? problem);
}

function phaseBeforeInstall(store: StoreState, view: StoreView, busy: boolean): Phase {
  if (store.verifiedRevision > 0 && !view.release) return 'Degraded';
  if (store.readyAt && view.release) return 'Upgrading';
  return store.phase === 'Queued' && !busy ? 'Queued' : 'Provisioning';
}

function missing(store: StoreState, view: StoreView): { reason: string; message: string } | undefined {
  if (store.verifiedRevision === 0 || view.release) return undefined;
  const what = view.namespace ? 'release' : 'namespace';
  return {
    reason: view.namespace ? 'ReleaseMissing' : 'NamespaceMissing',
    message: `Its ${what} was removed from outside; it is being installed again.`,
  };
}

function holdUp({ namespace }: StoreView): { reason: string; message: string } | undefined {
  if (!namespace || namespace.remaining.length === 0) return undefined;
  return { reason: 'NamespaceTerminating', message: `Waiting for the namespace: ${namespace.remaining.join(' ')}` };
}

function unreadyText({ workloads }: StoreView): string {
  const names = workloads.filter((workload) => !workload.ready).map((workload) => workload.name);
  return names.length > 0 ? `Not ready: ${names.join(', ')}.` : 'Its workloads are gone.';
}

type Draft = Omit<Condition, 'lastTransitionTime'>;

function conditionOf(type: ConditionType, evidence: Evidence): Draft {
  const { store, view, diagnosis } = evidence;
  const said = (holds: boolean, [yes, no]: [string, string], message = ''): Draft => ({
    type,
    status: holds ? 'True' : 'False',
    reason: holds ? yes : no,
    message: holds ? '' : message,
  });
  const running = (component: string): boolean =>
    view.workloads.some((workload) => workload.component === component && workload.ready);
  switch (type) {
    case 'NamespaceReady':
      return said(view.namespace !== undefined && !view.namespace.terminating, [
        'Active',
        view.namespace ? 'Terminating' : 'Missing',
      ]);
    case 'ReleaseDeployed':
      return said(isInstalled(store, view), ['Deployed', view.release?.status ?? 'Missing'], store.problem?.message);
    case 'DatabaseReady':
      return said(running('mariadb'), ['Running', 'NotReady'], diagnosis?.message);
    case 'WordPressReady':
      return said(running('wordpress') && isSetUp(view), ['Running', 'NotReady'], diagnosis?.message);
    case 'StorefrontVerified': {
      if (!isInstalled(store, view) || !isRunning(view)) return said(false, ['', 'NotRunning']);
      const { reason = 'NotVerified', message } = store.problem ?? {};
      return said(isVerified(store, view), ['Orderable', reason], message);
    }
  }
}
