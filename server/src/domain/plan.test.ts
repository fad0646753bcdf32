import { describe, expect, test } from 'vitest';
import { assess } from './assess.ts';
import type { StoreObservation } from './observation.ts';
import { type Action, plan } from './plan.ts';
import type { Situation } from './situation.ts';
import type { Problem, StoreRecord } from './store.ts';
import { EMPTY_VIEW, readySituation, readyStore, readyView, WAITING, withUnready } from './testing.ts';

const view = readyView();
const release = view.release;
const terminating = view.namespace && { ...view.namespace, terminating: true };
const restarts = { wordpress: '2026-02-02T00:00:00.000Z' };
const terminal: Problem = { reason: 'InvalidValues', message: '', terminal: true, generation: 1 };

function planFor(change: Partial<Situation>): Action {
  return plan(assess(readySituation({ now: 1000, ...change })));
}

interface Case {
  name: string;
  store?: Partial<StoreRecord>;
  view?: StoreObservation;
  action: Action['type'];
}

describe('plan', () => {
  test.each<Case>([
    { name: 'all well', action: 'none' },
    {
      name: 'nothing there yet',
      store: { phase: 'Queued', verifiedRevision: 0 },
      view: EMPTY_VIEW,
      action: 'install',
    },
    { name: 'namespace but no release', view: { ...view, release: undefined }, action: 'install' },
    {
      name: 'a release whose helm died',
      view: { ...view, release: release && { ...release, status: 'pending-install' } },
      action: 'install',
    },
    {
      name: 'a failed release',
      view: { ...view, release: release && { ...release, status: 'failed' } },
      action: 'install',
    },
    { name: 'a newer generation', store: { generation: 2 }, action: 'install' },
    {
      name: 'release record left, namespace object gone',
      view: { ...view, namespace: undefined },
      action: 'install',
    },
    { name: 'pods on their way', store: { verifiedRevision: 0 }, view: withUnready('wordpress'), action: 'none' },
    {
      name: 'setup still running',
      store: { verifiedRevision: 0 },
      view: { ...view, jobs: view.jobs.map((job) => ({ ...job, state: 'running' })) },
      action: 'none',
    },
    {
      name: 'workloads not seen yet',
      store: { verifiedRevision: 0 },
      view: { ...view, workloads: [] },
      action: 'none',
    },
    { name: 'a restart requested', store: { restarts }, action: 'restart' },
    { name: 'a restart requested before the first check', store: { restarts, verifiedRevision: 0 }, action: 'restart' },
    { name: 'a restart requested and a newer generation', store: { restarts, generation: 2 }, action: 'install' },
    {
      name: 'a restart requested, and an object missing',
      store: { restarts, inventory: { Namespace: { uid: 'u', version: '' }, 'Secret/x': { uid: 'u', version: '1' } } },
      action: 'restart',
    },
    {
      name: 'a restart requested, and a volume being deleted',
      store: {
        restarts,
        inventory: {
          Namespace: { uid: 'u', version: '' },
          'PersistentVolumeClaim/data-mariadb-0': { uid: 'u', version: '1' },
        },
      },
      view: { ...view, claims: view.claims.map((claim) => ({ ...claim, terminating: true })) },
      action: 'none',
    },
    { name: 'a restart that is over', store: { restarts, restarted: restarts }, action: 'none' },
    { name: 'a restart requested, failed for good', store: { restarts, problem: terminal }, action: 'none' },
    { name: 'a restart and the deletion requested', store: { restarts, desired: 'absent' }, action: 'uninstall' },
    {
      name: 'a restart requested, its namespace terminating',
      store: { restarts },
      view: { ...view, namespace: terminating },
      action: 'none',
    },
    { name: 'a restart requested, adopted since', store: { restarts, held: true }, action: 'none' },
    { name: 'up but not checked', store: { verifiedRevision: 0 }, action: 'verify' },
    {
      name: 'an older revision was checked',
      store: { verifiedRevision: 1 },
      view: { ...view, release: release && { ...release, revision: 2 } },
      action: 'verify',
    },
    { name: 'namespace terminating', view: { ...view, namespace: terminating }, action: 'none' },
    { name: 'failed for good', store: { problem: terminal }, view: EMPTY_VIEW, action: 'none' },
    {
      name: 'failed for good, in an older generation',
      store: { problem: terminal, generation: 2 },
      view: EMPTY_VIEW,
      action: 'install',
    },
    { name: 'deletion requested', store: { desired: 'absent' }, action: 'uninstall' },
    {
      name: 'deletion requested after it failed for good',
      store: { desired: 'absent', problem: terminal },
      action: 'uninstall',
    },
    {
      name: 'being deleted',
      store: { desired: 'absent' },
      view: { ...view, namespace: terminating },
      action: 'none',
    },
    { name: 'deleted', store: { desired: 'absent' }, view: EMPTY_VIEW, action: 'forget' },
    {
      name: 'adopted, at another address',
      store: { held: true, url: 'http://alpha.localhost:4000' },
      action: 'none',
    },
    { name: 'adopted, with an older release', store: { held: true, generation: 3 }, action: 'none' },
    { name: 'adopted, and not checked', store: { held: true, verifiedRevision: 0 }, action: 'verify' },
    {
      name: 'adopted, without a release',
      store: { held: true },
      view: { ...view, release: undefined },
      action: 'none',
    },
    {
      name: 'adopted, and its release failed',
      store: { held: true },
      view: { ...view, release: release && { ...release, status: 'failed' } },
      action: 'none',
    },
    {
      name: 'labelled since, its namespace not',
      store: { profile: { labels: { team: 'shops' } } },
      action: 'annotate',
    },
    {
      name: 'labelled on its namespace alone',
      store: {},
      view: { ...view, namespace: view.namespace && { ...view.namespace, profile: { labels: { team: 'shops' } } } },
      action: 'annotate',
    },
    { name: 'with a change that waits', store: { waiting: WAITING }, action: 'annotate' },
    { name: 'adopted, and labelled since', store: { held: true, profile: { labels: {} } }, action: 'annotate' },
    {
      name: 'labelled, deletion requested',
      store: { desired: 'absent', profile: { labels: {} } },
      action: 'uninstall',
    },
    {
      name: 'labelled, its namespace terminating',
      store: { profile: { labels: {} } },
      view: { ...view, namespace: view.namespace && { ...view.namespace, terminating: true } },
      action: 'none',
    },
    { name: 'labelled, its namespace gone', store: { profile: { labels: {} } }, view: EMPTY_VIEW, action: 'install' },
    { name: 'adopted, its namespace gone', store: { held: true }, view: EMPTY_VIEW, action: 'none' },
    {
      name: 'adopted, one of its objects removed from outside',
      store: {
        held: true,
        inventory: { Namespace: { uid: 'u', version: '' }, 'Secret/x': { uid: 'u', version: '1' } },
      },
      action: 'none',
    },
    {
      name: 'adopted, deletion requested',
      store: { held: true, desired: 'absent' },
      action: 'uninstall',
    },
  ])('$name: $action', ({ store, view: seen = view, action }) => {
    expect(planFor({ store: readyStore(store), view: seen }).type).toBe(action);
  });

  test('compares changed objects before repairing them, and backs off between repairs', () => {
    const Namespace = { uid: 'u', version: '' };
    const known = { uid: 'u', version: '0' };
    const suspect = readyStore({ inventory: { Namespace, 'Deployment/wordpress': known } });
    const repairNotBefore = (): number => 5000;
    expect(planFor({ store: suspect, repairNotBefore })).toEqual({ type: 'compare', keys: ['Deployment/wordpress'] });
    const drifted = { uid: 'u', version: '1', field: 'spec.replicas' };
    const store = readyStore({ inventory: { Namespace, 'Deployment/wordpress': { ...known, drifted } } });
    expect(planFor({ store, repairNotBefore })).toEqual({ type: 'wait', until: 5000 });
    expect(planFor({ store, repairNotBefore, now: 6000 })).toEqual({ type: 'repair', keys: ['Deployment/wordpress'] });
  });

  test('an object that keeps changing does not delay the others', () => {
    const changed = { uid: 'u', version: '0', drifted: { uid: 'u', version: '1', field: 'spec' } };
    const inventory = {
      Namespace: { uid: 'u', version: '' },
      'Deployment/wordpress': changed,
      'Service/wordpress': changed,
    };
    const repairNotBefore = (what: string): number => (what === 'Service/wordpress' ? 5000 : 0);
    const situation = { store: readyStore({ inventory }), repairNotBefore };
    expect(planFor({ ...situation, now: 1000 })).toEqual({ type: 'repair', keys: ['Deployment/wordpress'] });
    const keys = ['Deployment/wordpress', 'Service/wordpress'];
    expect(planFor({ ...situation, now: 5000 })).toEqual({ type: 'repair', keys });
  });

  test('moves to a new address, and backs off if something moves it back', () => {
    const store = readyStore({ url: 'http://alpha.localhost:4000' });
    expect(planFor({ store })).toEqual({ type: 'install', moving: true });
    expect(planFor({ store, repairNotBefore: () => 5000 })).toEqual({ type: 'wait', until: 5000 });
  });

  test('an action waits after a failure; doing nothing does not', () => {
    const failed = { store: readyStore({ verifiedRevision: 0 }), view: EMPTY_VIEW, notBefore: 5000 };
    expect(planFor({ ...failed, now: 1000 })).toEqual({ type: 'wait', until: 5000 });
    expect(planFor({ ...failed, now: 5000 })).toEqual({ type: 'install', moving: false });
    expect(planFor({ notBefore: 5000, now: 1000 })).toEqual({ type: 'none' });
  });

  test.each<Omit<Case, 'action'>>([
    { name: 'a new store', view: EMPTY_VIEW },
    { name: 'one that is Ready' },
    { name: 'one that failed for another generation', store: { problem: { ...terminal, generation: 0 } } },
  ])('$name whose values the chart does not take is refused, whatever else there is to do', ({ store, view: seen }) => {
    const situation = { store: readyStore(store), view: seen ?? view };
    expect(planFor({ ...situation, invalidValues: 'values.size: no' })).toEqual({
      type: 'refuse',
      reason: 'InvalidValues',
      message: 'values.size: no',
    });
  });

  test('a missing chart stops nothing that runs, and is reported once it is needed', () => {
    const chartTrouble = { reason: 'ChartMissing', message: 'chart 0.1.0 is missing' } as const;
    expect(planFor({ chartTrouble })).toEqual({ type: 'none' });
    const changed = readyStore({ generation: 2 });
    expect(planFor({ chartTrouble, store: changed })).toEqual({ type: 'refuse', ...chartTrouble });
  });

  test('reports a refusal once per generation and still allows deletion', () => {
    const invalidValues = 'values.size: no';
    expect(planFor({ invalidValues, store: readyStore({ problem: terminal }) }).type).toBe('none');
    expect(planFor({ invalidValues, store: readyStore({ desired: 'absent' }) }).type).toBe('uninstall');
  });
});
