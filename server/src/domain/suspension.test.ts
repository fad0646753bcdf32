import { describe, expect, test } from 'vitest';
import { assess } from './assess.ts';
import type { ObservedPod, StoreObservation } from './observation.ts';
import { plan } from './plan.ts';
import type { StoreRecord } from './store.ts';
import { isStopped, nextToStop } from './suspension.ts';
import { toStatus } from './status.ts';
import { readySituation, readyStore, readyView, WOOCOMMERCE } from './testing.ts';

const SUSPENDED = { desired: 'suspended' } as const;
const RESUMED = { resumedAt: '2026-02-01T23:59:59.000Z' } as const;

/** The view with so many replicas of each workload, and these pods. */
function viewOf(replicas: Record<string, number>, pods: string[] = [], jobs = false): StoreObservation {
  const view = readyView();
  const namespace = view.namespace && { ...view.namespace, desired: 'suspended' as const };
  return {
    ...view,
    namespace,
    workloads: view.workloads.map((workload) => ({ ...workload, desired: replicas[workload.component] ?? 1 })),
    pods: pods.map((component) => podOf(component)),
    jobs: jobs ? view.jobs : [],
  };
}

function podOf(component: string, phase = 'Running'): ObservedPod {
  const of = { storeId: 'st_1', namespace: 'store-alpha' };
  return { ...of, name: component, component, createdAt: '', phase, ready: true, terminating: false, containers: [] };
}

const NONE = { wordpress: 0, mariadb: 0 };

describe('what stops next', () => {
  test.each<{ what: string; view: StoreObservation; next: string | undefined; stopped: boolean }>([
    { what: 'the shop, before its database', view: viewOf({}, ['wordpress', 'mariadb']), next: 'shop', stopped: false },
    {
      what: 'nothing while pods of the shop end',
      view: viewOf({ wordpress: 0 }, ['wordpress', 'mariadb']),
      next: undefined,
      stopped: false,
    },
    {
      what: 'nothing while a pod of the setup ends',
      view: viewOf({ wordpress: 0 }, ['setup', 'mariadb']),
      next: undefined,
      stopped: false,
    },
    {
      what: 'the database once it is alone',
      view: viewOf({ wordpress: 0 }, ['mariadb']),
      next: 'database',
      stopped: false,
    },
    { what: 'nothing while the database ends', view: viewOf(NONE, ['mariadb']), next: undefined, stopped: false },
    { what: 'a Job that is left', view: viewOf(NONE, [], true), next: 'shop', stopped: true },
    { what: 'nothing at last', view: viewOf(NONE), next: undefined, stopped: true },
    {
      what: 'nothing where nothing was installed',
      view: { ...viewOf(NONE), workloads: [] },
      next: undefined,
      stopped: true,
    },
    { what: 'what somebody else started again', view: viewOf({ mariadb: 0 }), next: 'shop', stopped: false },
  ])('is $what', ({ view, next, stopped }) => {
    expect(nextToStop(view, WOOCOMMERCE)).toBe(next);
    expect(isStopped(view)).toBe(stopped);
  });

  test('does not wait for pods that have ended', () => {
    const view = { ...viewOf({ wordpress: 0 }), pods: [podOf('setup', 'Succeeded'), podOf('cron', 'Failed')] };
    expect(nextToStop(view, WOOCOMMERCE)).toBe('database');
    expect(isStopped({ ...viewOf(NONE), pods: view.pods })).toBe(true);
  });
});

const look = (store: Partial<StoreRecord>, view: StoreObservation) => {
  const assessment = assess(readySituation({ store: readyStore(store), view }));
  const { phase, reason, attention } = toStatus(assessment, undefined);
  return { action: plan(assessment), phase, reason, level: attention.level };
};

describe('a suspended store', () => {
  test('first has its namespace say so, so that a rebuild wakes it never', () => {
    expect(look(SUSPENDED, readyView()).action).toEqual({ type: 'annotate' });
  });

  test('is in progress until nothing runs, and needs nobody', () => {
    const ending = look(SUSPENDED, viewOf({}, ['wordpress']));
    expect(ending).toMatchObject({
      action: { type: 'suspend', part: 'shop' },
      phase: 'Upgrading',
      reason: 'Suspending',
    });
    expect(ending.level).toBe('working');
    const asleep = look(SUSPENDED, viewOf(NONE));
    expect(asleep).toEqual({ action: { type: 'none' }, phase: 'Suspended', reason: undefined, level: 'ok' });
  });

  test('lets no helm run: a change is copied to the namespace, for a lost database, and waits until it resumes', () => {
    const view = viewOf(NONE);
    const waiting = { phase: 'Suspended', reason: 'ChangeWaiting' };
    const changed = { ...SUSPENDED, generation: 2 };
    expect(look(changed, view)).toMatchObject({ action: { type: 'annotate' }, ...waiting });
    const copied = view.namespace && { ...view.namespace, generation: 2 };
    expect(look(changed, { ...view, namespace: copied })).toMatchObject({
      action: { type: 'none' },
      phase: 'Suspended',
      reason: 'ChangeWaiting',
      level: 'ok',
    });
  });

  test('has its objects compared and put back, and reports data that is lost', () => {
    const inventory = { 'Service/wordpress': { uid: 'u', version: '0' }, Namespace: { uid: 'u', version: '' } };
    expect(look({ ...SUSPENDED, inventory }, viewOf(NONE)).action).toEqual({
      type: 'compare',
      keys: ['Service/wordpress'],
    });
    const view = viewOf(NONE);
    const gone = look({ ...SUSPENDED, inventory }, { ...view, objects: [] });
    const repair = { type: 'repair', keys: ['Service/wordpress'] };
    expect(gone).toMatchObject({ phase: 'Degraded', reason: 'ObjectMissing', action: repair });
    const lost = look(SUSPENDED, { ...view, namespace: undefined, release: undefined });
    expect(lost).toMatchObject({ phase: 'Degraded', reason: 'NamespaceMissing', action: { type: 'none' } });
  });

  test('is not overdue, however long it sleeps', () => {
    const assessment = assess(readySituation({ store: readyStore(SUSPENDED), view: viewOf(NONE) }));
    expect(assessment).toMatchObject({ overdue: undefined, deadline: undefined });
    expect(assessment.conditions.filter(({ status }) => status === 'Unknown')).toHaveLength(3);
  });
});

describe('a resumed store', () => {
  const up = (replicas: Record<string, number>): StoreObservation => {
    const view = viewOf(replicas);
    return { ...view, namespace: view.namespace && { ...view.namespace, desired: 'present' } };
  };

  test('has its pods started, then its shop checked, and only then is it Ready', () => {
    const sighting = { reason: 'Orderable', message: '', at: '2026-01-01T00:00:00.000Z' } as const;
    const asleep = look({ ...RESUMED, sighting }, up(NONE));
    expect(asleep).toMatchObject({
      action: { type: 'resume' },
      phase: 'Upgrading',
      reason: 'Resuming',
      level: 'working',
    });
    expect(look({ ...RESUMED, sighting }, up({})).action).toEqual({ type: 'verify', revision: 1 });
    const seen = { ...sighting, at: '2026-02-02T00:00:00.000Z' };
    expect(look({ ...RESUMED, sighting: seen }, up({}))).toMatchObject({ action: { type: 'none' }, phase: 'Ready' });
  });

  test('applies first what was changed meanwhile, which starts its pods too', () => {
    expect(look({ ...RESUMED, generation: 2 }, up(NONE)).action).toEqual({ type: 'install', moving: false });
  });

  test('wakes too if the database was lost before it knew', () => {
    expect(look({ verifiedRevision: 0 }, up(NONE)).action).toEqual({ type: 'resume' });
  });

  test('a workload that somebody else scaled to zero is drift, not a resume', () => {
    const sighting = { reason: 'Orderable', message: '', at: '2026-01-01T00:00:00.000Z' } as const;
    expect(look({ sighting }, up(NONE))).toMatchObject({ action: { type: 'none' }, phase: 'Degraded' });
  });
});
