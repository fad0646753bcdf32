/** Derives a store's conditions. Pure. */
import { type Condition, CONDITION_TYPES, type ConditionType } from '@shopyard/contracts';
import type { Component } from '@shopyard/engines';
import { shopTrouble } from './recheck.ts';
import type { Readiness } from './situation.ts';

/** A condition keeps the time of its last transition until its status changes. */
export function toConditions(readiness: Readiness): Condition[] {
  const { store, now } = readiness;
  return CONDITION_TYPES.map((type) => {
    const next = conditionOf(type, readiness);
    const before = store.conditions.find((condition) => condition.type === type);
    const same = before?.status === next.status && before.reason === next.reason && before.message === next.message;
    if (same) return before;
    const lastTransitionTime = before?.status === next.status ? before.lastTransitionTime : new Date(now).toISOString();
    return { ...next, lastTransitionTime };
  });
}

type Draft = Omit<Condition, 'lastTransitionTime'>;

function conditionOf(type: ConditionType, readiness: Readiness): Draft {
  const { store, engine, view, problem, diagnosis } = readiness;
  const said = (holds: boolean, [yes, no]: [string, string], message = ''): Draft => ({
    type,
    status: holds ? 'True' : 'False',
    reason: holds ? yes : no,
    message: holds ? '' : message,
  });
  const running = (role: Component['role']): boolean =>
    engine.components.some(
      ({ name, role: own }) =>
        own === role &&
        view.workloads.some(({ component, ready, desired }) => component === name && ready && desired > 0),
    );
  // Unknown, so that each step begins anew when the store resumes.
  const isUnknown = readiness.isSuspended && type !== 'NamespaceReady' && type !== 'ReleaseDeployed';
  if (isUnknown) return { type, status: 'Unknown', reason: 'Suspended', message: '' };
  switch (type) {
    case 'NamespaceReady':
      return said(view.namespace !== undefined && !view.namespace.terminating, [
        'Active',
        view.namespace ? 'Terminating' : 'Missing',
      ]);
    case 'ReleaseDeployed':
      return said(readiness.isInstalled, ['Deployed', view.release?.status ?? 'Missing'], problem?.message);
    case 'DatabaseReady':
      return said(running('database'), ['Running', 'NotReady'], diagnosis?.message);
    case 'ApplicationReady':
      return said(running('web') && readiness.isSetUp, ['Running', 'NotReady'], diagnosis?.message);
    case 'StorefrontVerified': {
      if (!readiness.isInstalled || !readiness.isRunning) return said(false, ['', 'NotRunning']);
      const { reason = 'NotVerified', message } = problem ?? {};
      if (!readiness.isVerified || readiness.isResuming) return said(false, ['', reason], message);
      const { reason: seen, message: words } = store.sighting ?? { reason: 'Orderable', message: '' };
      return { type, status: shopTrouble(store) ? 'False' : 'True', reason: seen, message: words };
    }
  }
}
