import type { Phase } from '@shopyard/contracts';
import { describe, expect, test } from 'vitest';
import { assess } from './assess.ts';
import type { Diagnosis } from './diagnose/diagnosis.ts';
import type { Drift } from './drift.ts';
import type { StoreObservation } from './observation.ts';
import type { ActiveAction } from './plan.ts';
import type { Assessment, Situation } from './situation.ts';
import { toStatus, withFacts } from './status.ts';
import type { StoreStatus } from './store.ts';
import type { Problem, StoreRecord } from './store.ts';
import { EMPTY_VIEW, readySituation, readyStore, readyView, setupPod, withUnready } from './testing.ts';

const view = readyView();
const now = Date.parse('2026-02-02T00:00:00.000Z');
const fresh: Partial<StoreRecord> = { phase: 'Queued', verifiedRevision: 0, readyAt: undefined };
const started: Partial<StoreRecord> = { ...fresh, phase: 'Provisioning' };
const crash: Diagnosis = { reason: 'CrashLoop', message: 'it crashes', terminal: false };
const restarts = { wordpress: '2026-02-02T00:00:00.000Z' };
const noImage: Diagnosis = { reason: 'ImageNotFound', message: 'no image', terminal: true };
const repaired: Drift = { reason: 'ObjectMissing', message: 'removed', repairs: ['Service/mariadb'] };
const problem: Problem = { reason: 'HelmFailed', message: 'helm said no', terminal: false, generation: 1 };

type Found = Partial<Pick<Assessment, 'diagnosis' | 'drift'>>;

/** `found`: what the assessment finds besides. */
function statusFor(change: Partial<Situation>, found: Found = {}, action?: ActiveAction): StoreStatus {
  return toStatus({ ...assess(readySituation({ now, ...change })), ...found }, action);
}

interface Case {
  name: string;
  store?: Partial<StoreRecord>;
  view?: StoreObservation;
  found?: Found;
  action?: ActiveAction;
  phase: Phase;
  reason?: string;
}

describe('status', () => {
  test.each<Case>([
    { name: 'waits for a slot', store: fresh, view: EMPTY_VIEW, phase: 'Queued' },
    {
      name: 'is being installed',
      store: fresh,
      view: EMPTY_VIEW,
      action: { type: 'install', moving: false },
      phase: 'Provisioning',
    },
    {
      name: 'was being installed when the server died',
      store: started,
      view: EMPTY_VIEW,
      phase: 'Provisioning',
    },
    {
      name: 'helm failed, will be tried again',
      store: { ...started, problem },
      view: EMPTY_VIEW,
      phase: 'Provisioning',
      reason: 'HelmFailed',
    },
    {
      name: 'helm failed in an older generation',
      store: { ...started, problem: { ...problem, generation: 0 } },
      view: EMPTY_VIEW,
      phase: 'Provisioning',
    },
    {
      name: 'failed for good',
      store: { ...started, problem: { ...problem, terminal: true } },
      view: EMPTY_VIEW,
      phase: 'Failed',
      reason: 'HelmFailed',
    },
    {
      name: 'failed for good in an older generation',
      store: { ...started, problem: { ...problem, terminal: true, generation: 0 } },
      view: EMPTY_VIEW,
      phase: 'Provisioning',
    },
    { name: 'pods come up', store: started, view: withUnready('mariadb'), phase: 'Provisioning' },
    {
      name: 'a pod crashes',
      store: started,
      view: withUnready('wordpress'),
      found: { diagnosis: crash },
      phase: 'Provisioning',
      reason: 'CrashLoop',
    },
    {
      name: 'an image does not exist',
      store: started,
      view: withUnready('wordpress'),
      found: { diagnosis: noImage },
      phase: 'Failed',
      reason: 'ImageNotFound',
    },
    { name: 'pods run, pages not checked', store: started, phase: 'Provisioning' },
    { name: 'all well', phase: 'Ready' },
    { name: 'a restart was requested', store: { restarts }, phase: 'Upgrading', reason: 'Restarting' },
    {
      name: 'pods restart as requested',
      store: { restarts },
      view: withUnready('wordpress'),
      phase: 'Upgrading',
      reason: 'Restarting',
    },
    {
      name: 'pods restart as requested, and crash',
      store: { restarts },
      view: withUnready('wordpress'),
      found: { diagnosis: crash },
      phase: 'Upgrading',
      reason: 'CrashLoop',
    },
    {
      name: 'a restart has just ended',
      store: { restarts },
      view: {
        ...view,
        workloads: view.workloads.map((workload) => ({ ...workload, restartedAt: restarts.wordpress })),
      },
      phase: 'Ready',
    },
    { name: 'a restart is over', store: { restarts, restarted: restarts }, phase: 'Ready' },
    {
      name: 'a pod is lost after a restart',
      store: { restarts, restarted: restarts },
      view: withUnready('wordpress'),
      phase: 'Degraded',
      reason: 'NotReady',
    },
    {
      name: 'a restart was requested of a store that is adopted now',
      store: { restarts, held: true },
      phase: 'Ready',
      reason: 'Adopted',
    },
    { name: 'a pod is lost', view: withUnready('wordpress'), phase: 'Degraded', reason: 'NotReady' },
    {
      name: 'a pod crashes later',
      view: withUnready('wordpress'),
      found: { diagnosis: crash },
      phase: 'Degraded',
      reason: 'CrashLoop',
    },
    {
      name: 'the release was removed from outside',
      view: { ...view, release: undefined },
      phase: 'Degraded',
      reason: 'ReleaseMissing',
    },
    {
      name: 'the namespace was removed from outside',
      view: EMPTY_VIEW,
      phase: 'Degraded',
      reason: 'NamespaceMissing',
    },
    { name: 'a newer generation', store: { generation: 2 }, phase: 'Upgrading' },
    {
      name: 'the newer generation comes up',
      store: { generation: 2 },
      view: {
        ...withUnready('wordpress'),
        release: view.release && { ...view.release, revision: 2, generation: 2 },
      },
      phase: 'Upgrading',
    },
    {
      name: 'its namespace is being deleted from outside',
      view: { ...view, namespace: view.namespace && { ...view.namespace, terminating: true } },
      phase: 'Degraded',
      reason: 'NamespaceTerminating',
    },
    { name: 'an object was removed', found: { drift: repaired }, phase: 'Degraded', reason: 'ObjectMissing' },
    {
      name: 'a volume is gone',
      found: { drift: { ...repaired, reason: 'VolumeLost' } },
      phase: 'Failed',
      reason: 'VolumeLost',
    },
    { name: 'deletion requested', store: { desired: 'absent' }, phase: 'Deleting' },
    {
      name: 'its deletion is held up',
      store: { desired: 'absent' },
      view: {
        ...EMPTY_VIEW,
        namespace: view.namespace && { ...view.namespace, terminating: true, remaining: ['a finalizer'] },
      },
      phase: 'Deleting',
      reason: 'NamespaceTerminating',
    },
  ])('$name: $phase', ({ store, view: seen = view, found, action, phase, reason }) => {
    const status = statusFor({ store: readyStore(store), view: seen }, found, action);
    expect([status.phase, status.reason]).toEqual([phase, reason]);
  });

  test('a failing repair reports its cause', () => {
    const found = { drift: repaired };
    const message = 'Deployment.apps "wordpress" is denied: images must be signed.';
    const store = readyStore({ problem: { ...problem, reason: 'RefusedByPolicy', message } });
    expect(statusFor({ store }, found)).toMatchObject({
      reason: 'ObjectMissing',
      message: `removed That has not succeeded yet: ${message}`,
    });
    expect(statusFor({}, found).message).toBe('removed');
  });

  test('an adopted store that is gone from the cluster says who acts next', () => {
    const message = (view: StoreObservation): string | undefined =>
      statusFor({ store: readyStore({ held: true }), view }).message;
    const left =
      "The store was adopted and hasn't been changed since, so Shopyard leaves it alone. Retry installs it from here.";
    expect(message(EMPTY_VIEW)).toBe(`The namespace is missing. ${left}`);
    expect(message({ ...view, release: undefined })).toBe(`The release is missing. ${left}`);
    const failed = view.release && { ...view.release, status: 'failed' as const };
    expect(message({ ...view, release: failed })).toBe(`The release has the status failed. ${left}`);
  });

  test('keeps a failure of this generation, and drops one of an older generation', () => {
    const older = { ...problem, generation: 1 };
    expect(statusFor({ store: readyStore({ problem: older, generation: 1 }) }).problem).toEqual(older);
    expect(statusFor({ store: readyStore({ problem: older, generation: 2 }) }).problem).toBeUndefined();
  });

  test('a restart is work in progress however long it takes, until it is overdue', () => {
    const down = { type: 'ApplicationReady', status: 'False', reason: 'NotReady', message: '' } as const;
    const met = ['NamespaceReady', 'ReleaseDeployed', 'DatabaseReady'] as const;
    const since = { lastTransitionTime: new Date(now).toISOString() };
    const conditions = [...met.map((type) => ({ ...down, type, status: 'True' as const })), down].map((one) => ({
      ...one,
      ...since,
    }));
    const at = (seconds: number): StoreStatus['attention'] => {
      const attention = {
        level: 'working',
        since: since.lastTransitionTime,
        troubleSince: since.lastTransitionTime,
      } as const;
      const store = readyStore({ restarts, conditions, attention });
      return statusFor({ store, view: withUnready('wordpress'), now: now + seconds * 1000 }).attention;
    };
    expect(at(0)).toMatchObject({ level: 'working', reason: 'Restarting' });
    expect(at(599)).toMatchObject({ level: 'working', reason: 'Restarting' });
    expect(at(600)).toMatchObject({ level: 'stuck', reason: 'StepOverdue' });
  });

  test('names what restarts, and records when it is over', () => {
    const store = readyStore({ restarts: { ...restarts, mariadb: restarts.wordpress } });
    expect(statusFor({ store })).toMatchObject({
      message: 'New pods replace the running ones, as requested: WordPress, database.',
      restarted: {},
    });
    const workloads = view.workloads.map((workload) => ({ ...workload, restartedAt: restarts.wordpress }));
    expect(statusFor({ store, view: { ...view, workloads } }).restarted).toEqual(store.restarts);
  });

  test('keeps the versions that were last reported, until a newer setup reports others', () => {
    const store = readyStore({ versions: { woocommerce: '10.9.3' } });
    expect(statusFor({ store }).versions).toEqual({ woocommerce: '10.9.3' });
    const pods = [setupPod({ message: '{"woocommerce":"11.0.1"}' })];
    expect(statusFor({ store, view: { ...view, pods } }).versions).toEqual({ woocommerce: '11.0.1' });
  });

  test('an action that succeeded leaves its facts and no failure', () => {
    const situation = readySituation({ store: readyStore({ ...started, problem }), now });
    expect(toStatus(assess(situation), undefined)).toMatchObject({ phase: 'Provisioning', problem });
    expect(toStatus(assess(withFacts(situation, { verifiedRevision: 1 })), undefined)).toMatchObject({
      phase: 'Ready',
      problem: undefined,
      verifiedRevision: 1,
      readyAt: '2026-02-02T00:00:00.000Z',
    });
  });

  test('reports StepOverdue past a budget, unless a specific cause is known', () => {
    const seen = withUnready('mariadb');
    const { conditions } = statusFor({ store: readyStore(started), view: seen });
    const later = (seconds: number, found: Found = {}): StoreStatus =>
      statusFor({ store: readyStore({ ...started, conditions }), view: seen, now: now + seconds * 1000 }, found);
    expect(later(299).reason).toBeUndefined();
    expect(later(300)).toMatchObject({ phase: 'Provisioning', reason: 'StepOverdue' });
    expect(later(300).message).toMatch(/^The database is not ready after 300 s/);
    expect(later(300, { diagnosis: crash }).reason).toBe('CrashLoop');
  });
});
