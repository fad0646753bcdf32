import type { Phase } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import type { Diagnosis } from './diagnose/diagnosis.ts';
import type { StoreObservation } from './observation.ts';
import type { Drift } from './drift.ts';
import { statusOf } from './conditions.ts';
import type { Evidence } from './evidence.ts';
import type { Problem, StoreRecord } from './store.ts';
import { BUDGETS, EMPTY_VIEW, readyStore, readyView, withUnready, WOOCOMMERCE } from './testing.ts';

const NOW = '2026-02-02T00:00:00.000Z';
const view = readyView();
const NOTHING = { engine: WOOCOMMERCE, diagnosis: undefined, drift: undefined, budgets: BUDGETS, busy: false };
const fresh: Partial<StoreRecord> = { phase: 'Queued', verifiedRevision: 0, readyAt: undefined };
const started: Partial<StoreRecord> = { ...fresh, phase: 'Provisioning' };
const crash: Diagnosis = { reason: 'CrashLoop', message: 'it crashes', terminal: false };
const noImage: Diagnosis = { reason: 'ImageNotFound', message: 'no image', terminal: true };
const repaired: Drift = { reason: 'ObjectMissing', message: 'removed', repairs: ['Service/mariadb'] };
const problem: Problem = { reason: 'HelmFailed', message: 'helm said no', terminal: false, generation: 1 };

type Case = [
  what: string,
  store: Partial<StoreRecord>,
  view: StoreObservation,
  more: Partial<Evidence>,
  phase: Phase,
  reason?: string,
];

test.each<[string, Partial<StoreRecord>, StoreObservation, string, string, string]>([
  ['not seen yet', fresh, view, 'False', 'NotVerified', ''],
  [
    'seen, and lacking',
    { ...fresh, problem: { ...problem, reason: 'NoCashOnDelivery' } },
    view,
    'False',
    'NoCashOnDelivery',
    problem.message,
  ],
  ['nothing to look at', {}, withUnready('wordpress'), 'False', 'NotRunning', ''],
  ['all well', {}, view, 'True', 'Orderable', ''],
  [
    'seen, and its merchant sells nothing today',
    { sighting: { reason: 'NothingToBuy', message: 'Nothing.' } },
    view,
    'True',
    'NothingToBuy',
    'Nothing.',
  ],
])('the StorefrontVerified condition carries a reason: %s', (_what, store, seen, status, reason, message) => {
  const evidence = {
    store: readyStore(store),
    engine: WOOCOMMERCE,
    view: seen,
    diagnosis: undefined,
    drift: undefined,
    budgets: BUDGETS,
    busy: false,
    now: NOW,
  };
  const condition = statusOf(evidence).conditions.find(({ type }) => type === 'StorefrontVerified');
  expect(condition).toEqual({ type: 'StorefrontVerified', status, reason, message, lastTransitionTime: NOW });
});

test.each<Case>([
  ['waits for a slot', fresh, EMPTY_VIEW, {}, 'Queued'],
  ['is being installed', fresh, EMPTY_VIEW, { busy: true }, 'Provisioning'],
  ['was being installed when the server died', started, EMPTY_VIEW, {}, 'Provisioning'],
  ['helm failed, will be tried again', { ...started, problem }, EMPTY_VIEW, {}, 'Provisioning', 'HelmFailed'],
  ['failed for good', { ...started, problem: { ...problem, terminal: true } }, EMPTY_VIEW, {}, 'Failed', 'HelmFailed'],
  ['pods come up', started, withUnready('mariadb'), {}, 'Provisioning'],
  ['a pod crashes', started, withUnready('wordpress'), { diagnosis: crash }, 'Provisioning', 'CrashLoop'],
  ['an image does not exist', started, withUnready('wordpress'), { diagnosis: noImage }, 'Failed', 'ImageNotFound'],
  ['pods run, pages unseen', started, view, {}, 'Provisioning'],
  ['all well', {}, view, {}, 'Ready'],
  ['a pod is lost', {}, withUnready('wordpress'), {}, 'Degraded', 'NotReady'],
  ['a pod crashes later', {}, withUnready('wordpress'), { diagnosis: crash }, 'Degraded', 'CrashLoop'],
  ['the release was removed from outside', {}, { ...view, release: undefined }, {}, 'Degraded', 'ReleaseMissing'],
  ['the namespace was removed from outside', {}, EMPTY_VIEW, {}, 'Degraded', 'NamespaceMissing'],
  ['a newer generation', { generation: 2 }, view, {}, 'Upgrading'],
  [
    'the newer generation comes up',
    { generation: 2 },
    { ...withUnready('wordpress'), release: view.release && { ...view.release, revision: 2, generation: 2 } },
    {},
    'Upgrading',
  ],
  [
    'its namespace is being deleted from outside',
    {},
    { ...view, namespace: view.namespace && { ...view.namespace, terminating: true } },
    {},
    'Degraded',
    'NamespaceTerminating',
  ],
  ['an object was removed', {}, view, { drift: repaired }, 'Degraded', 'ObjectMissing'],
  ['a volume is gone', {}, view, { drift: { ...repaired, reason: 'VolumeLost' } }, 'Failed', 'VolumeLost'],
  ['to be removed', { desired: 'absent' }, view, {}, 'Deleting'],
  [
    'held up',
    { desired: 'absent' },
    {
      ...EMPTY_VIEW,
      namespace: view.namespace && { ...view.namespace, terminating: true, remaining: ['a finalizer'] },
    },
    {},
    'Deleting',
    'NamespaceTerminating',
  ],
])('%s', (_what, store, seen, more, phase, reason) => {
  const status = statusOf({
    store: readyStore(store),
    view: seen,
    ...NOTHING,
    now: NOW,
    ...more,
  });
  expect([status.phase, status.reason]).toEqual([phase, reason]);
});

test('a failing repair reports its cause', () => {
  const evidence = { view, ...NOTHING, now: NOW, drift: repaired };
  const message = 'Deployment.apps "wordpress" is denied: images must be signed.';
  const store = readyStore({ problem: { ...problem, reason: 'RefusedByPolicy', message } });
  expect(statusOf({ ...evidence, store })).toMatchObject({
    reason: 'ObjectMissing',
    message: `removed That has not succeeded yet: ${message}`,
  });
  expect(statusOf({ ...evidence, store: readyStore() }).message).toBe('removed');
});

test('a condition keeps its transition time until its status changes', () => {
  const first = statusOf({
    store: readyStore(),
    view,
    ...NOTHING,
    now: '2026-01-01T00:00:00.000Z',
  });
  const store = readyStore({ conditions: first.conditions });
  const later = statusOf({ store, view: withUnready('mariadb'), ...NOTHING, now: NOW });
  const times = Object.fromEntries(
    later.conditions.map(({ type, status, lastTransitionTime }) => [type, [status, lastTransitionTime]]),
  );
  expect(times['NamespaceReady']).toEqual(['True', '2026-01-01T00:00:00.000Z']);
  expect(times['DatabaseReady']).toEqual(['False', NOW]);
  expect(times['StorefrontVerified']).toEqual(['False', NOW]);
});

test('reports StepOverdue past a budget, unless a specific cause is known', () => {
  const conditions = statusOf({
    store: readyStore(started),
    view: withUnready('mariadb'),
    ...NOTHING,
    now: NOW,
  }).conditions;
  const later = (seconds: number, more: Partial<Evidence> = {}): ReturnType<typeof statusOf> =>
    statusOf({
      store: readyStore({ ...started, conditions }),
      view: withUnready('mariadb'),
      ...NOTHING,
      now: new Date(Date.parse(NOW) + seconds * 1000).toISOString(),
      ...more,
    });
  expect(later(299).reason).toBeUndefined();
  expect(later(300)).toMatchObject({ phase: 'Provisioning', reason: 'StepOverdue' });
  expect(later(300).message).toMatch(/^The database is not ready after 300 s/);
  expect(later(300, { diagnosis: crash }).reason).toBe('CrashLoop');
});
