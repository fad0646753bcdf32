/** Derives a store's phase and conditions from its observation. Pure. */
import { type Condition, CONDITION_TYPES, type ConditionType, type Phase, type Reason } from '@shopyard/contracts';
import type { Component } from '@shopyard/engines';
import type { Evidence } from './evidence.ts';
import { isInstalled, isRunning, isSetUp, isVerified } from './plan.ts';
import { phaseOf } from './phase.ts';
import { shopTrouble } from './recheck.ts';
import { overdueStep } from './budgets.ts';

export interface StoreStatus {
  phase: Phase;
  reason: Reason | undefined;
  message: string | undefined;
  conditions: Condition[];
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
  return { ...phaseOf(evidence, overdueStep(conditions, evidence)), conditions };
}

type Draft = Omit<Condition, 'lastTransitionTime'>;

function conditionOf(type: ConditionType, evidence: Evidence): Draft {
  const { store, engine, view, diagnosis } = evidence;
  const said = (holds: boolean, [yes, no]: [string, string], message = ''): Draft => ({
    type,
    status: holds ? 'True' : 'False',
    reason: holds ? yes : no,
    message: holds ? '' : message,
  });
  const running = (role: Component['role']): boolean =>
    engine.components.some(
      ({ name, role: own }) =>
        own === role && view.workloads.some(({ component, ready }) => component === name && ready),
    );
  switch (type) {
    case 'NamespaceReady':
      return said(view.namespace !== undefined && !view.namespace.terminating, [
        'Active',
        view.namespace ? 'Terminating' : 'Missing',
      ]);
    case 'ReleaseDeployed':
      return said(isInstalled(store, view), ['Deployed', view.release?.status ?? 'Missing'], store.problem?.message);
    case 'DatabaseReady':
      return said(running('database'), ['Running', 'NotReady'], diagnosis?.message);
    case 'ApplicationReady':
      return said(running('web') && isSetUp(view, engine), ['Running', 'NotReady'], diagnosis?.message);
    case 'StorefrontVerified': {
      if (!isInstalled(store, view) || !isRunning(view, engine)) return said(false, ['', 'NotRunning']);
      const { reason = 'NotVerified', message } = store.problem ?? {};
      if (!isVerified(store, view)) return said(false, ['', reason], message);
      const { reason: seen, message: words } = store.sighting ?? { reason: 'Orderable', message: '' };
      return { type, status: shopTrouble(store) ? 'False' : 'True', reason: seen, message: words };
    }
  }
}
