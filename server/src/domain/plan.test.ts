import { expect, test } from 'vitest';
import type { StoreObservation } from './observation.ts';
import { type Action, planAction, isSetUp } from './plan.ts';
import type { Problem, StoreRecord } from './store.ts';
import { EMPTY_VIEW, readyStore, readyView, withUnready, WOOCOMMERCE } from './testing.ts';

const view = readyView();
const release = view.release;
const terminating = view.namespace && { ...view.namespace, terminating: true };
const terminal: Problem = { reason: 'InvalidValues', message: '', terminal: true, generation: 1 };

type Case = [what: string, store: Partial<StoreRecord>, view: StoreObservation, action: Action['type']];

test.each<Case>([
  ['all well', {}, view, 'none'],
  ['nothing there yet', { phase: 'Queued', verifiedRevision: 0 }, EMPTY_VIEW, 'install'],
  ['namespace but no release', {}, { ...view, release: undefined }, 'install'],
  [
    'a release whose helm died',
    {},
    { ...view, release: release && { ...release, status: 'pending-install' } },
    'install',
  ],
  ['a failed release', {}, { ...view, release: release && { ...release, status: 'failed' } }, 'install'],
  ['a newer generation', { generation: 2 }, view, 'install'],
  ['release record left, namespace object gone', {}, { ...view, namespace: undefined }, 'install'],
  ['pods on their way', { verifiedRevision: 0 }, withUnready('wordpress'), 'none'],
  [
    'setup still running',
    { verifiedRevision: 0 },
    { ...view, jobs: view.jobs.map((job) => ({ ...job, state: 'running' })) },
    'none',
  ],
  ['workloads not seen yet', { verifiedRevision: 0 }, { ...view, workloads: [] }, 'none'],
  ['up but not looked at', { verifiedRevision: 0 }, view, 'verify'],
  [
    'an older revision was looked at',
    { verifiedRevision: 1 },
    { ...view, release: release && { ...release, revision: 2 } },
    'verify',
  ],
  ['namespace on its way out', {}, { ...view, namespace: terminating }, 'none'],
  ['failed for good', { problem: terminal }, EMPTY_VIEW, 'none'],
  ['failed for good, but that was another generation', { problem: terminal, generation: 2 }, EMPTY_VIEW, 'install'],
  ['to be removed', { desired: 'absent' }, view, 'uninstall'],
  ['to be removed, failed for good before', { desired: 'absent', problem: terminal }, view, 'uninstall'],
  ['being removed', { desired: 'absent' }, { ...view, namespace: terminating }, 'none'],
  ['removed', { desired: 'absent' }, EMPTY_VIEW, 'forget'],
  ['adopted, at another address', { held: true, url: 'http://alpha.localhost:4000' }, view, 'none'],
  ['adopted, with an older release', { held: true, generation: 3 }, view, 'none'],
  ['adopted, and not looked at', { held: true, verifiedRevision: 0 }, view, 'verify'],
  ['adopted, without a release', { held: true }, { ...view, release: undefined }, 'none'],
  [
    'adopted, and its release failed',
    { held: true },
    { ...view, release: release && { ...release, status: 'failed' } },
    'none',
  ],
  ['adopted, its namespace gone', { held: true }, EMPTY_VIEW, 'none'],
  [
    'adopted, something of it removed from outside',
    { held: true, inventory: { Namespace: { uid: 'u', version: '' }, 'Secret/x': { uid: 'u', version: '1' } } },
    view,
    'none',
  ],
  ['adopted, to be removed', { held: true, desired: 'absent' }, view, 'uninstall'],
])('%s: %#', (_what, store, seen, type) => {
  expect(
    planAction({
      engine: WOOCOMMERCE,
      store: readyStore(store),
      view: seen,
      notBefore: 0,
      repairNotBefore: () => 0,
      invalidValues: undefined,
      now: 1000,
    }).type,
  ).toBe(type);
});

test('compares changed objects before repairing them, and backs off between repairs', () => {
  const Namespace = { uid: 'u', version: '' };
  const known = { uid: 'u', version: '0' };
  const suspect = readyStore({ inventory: { Namespace, 'Deployment/wordpress': known } });
  const situation = {
    engine: WOOCOMMERCE,
    view,
    invalidValues: undefined,
    notBefore: 0,
    repairNotBefore: () => 5000,
    now: 1000,
  };
  expect(planAction({ ...situation, store: suspect })).toEqual({ type: 'compare', keys: ['Deployment/wordpress'] });
  const drifted = { uid: 'u', version: '1', field: 'spec.replicas' };
  const store = readyStore({ inventory: { Namespace, 'Deployment/wordpress': { ...known, drifted } } });
  expect(planAction({ ...situation, store })).toEqual({ type: 'wait', until: 5000 });
  expect(planAction({ ...situation, store, now: 6000 })).toEqual({ type: 'repair', keys: ['Deployment/wordpress'] });
});

test('an object that keeps changing does not delay the others', () => {
  const changed = { uid: 'u', version: '0', drifted: { uid: 'u', version: '1', field: 'spec' } };
  const inventory = {
    Namespace: { uid: 'u', version: '' },
    'Deployment/wordpress': changed,
    'Service/wordpress': changed,
  };
  const repairNotBefore = (what: string): number => (what === 'Service/wordpress' ? 5000 : 0);
  const situation = {
    engine: WOOCOMMERCE,
    store: readyStore({ inventory }),
    view,
    invalidValues: undefined,
    notBefore: 0,
    repairNotBefore,
  };
  expect(planAction({ ...situation, now: 1000 })).toEqual({ type: 'repair', keys: ['Deployment/wordpress'] });
  const keys = ['Deployment/wordpress', 'Service/wordpress'];
  expect(planAction({ ...situation, now: 5000 })).toEqual({ type: 'repair', keys });
});

test('moves to a new address, and backs off if something moves it back', () => {
  const store = readyStore({ url: 'http://alpha.localhost:4000' });
  const situation = { engine: WOOCOMMERCE, store, view, invalidValues: undefined, notBefore: 0, now: 1000 };
  expect(planAction({ ...situation, repairNotBefore: () => 0 })).toEqual({ type: 'install', moving: true });
  expect(planAction({ ...situation, repairNotBefore: () => 5000 })).toEqual({ type: 'wait', until: 5000 });
});

test('an action waits after a failure; doing nothing does not', () => {
  const store = readyStore({ verifiedRevision: 0 });
  expect(
    planAction({
      engine: WOOCOMMERCE,
      store,
      view: EMPTY_VIEW,
      notBefore: 5000,
      repairNotBefore: () => 0,
      invalidValues: undefined,
      now: 1000,
    }),
  ).toEqual({
    type: 'wait',
    until: 5000,
  });
  expect(
    planAction({
      engine: WOOCOMMERCE,
      store,
      view: EMPTY_VIEW,
      notBefore: 5000,
      repairNotBefore: () => 0,
      invalidValues: undefined,
      now: 5000,
    }),
  ).toEqual({
    type: 'install',
    moving: false,
  });
  expect(
    planAction({
      engine: WOOCOMMERCE,
      store: readyStore(),
      view,
      notBefore: 5000,
      repairNotBefore: () => 0,
      invalidValues: undefined,
      now: 1000,
    }),
  ).toEqual({
    type: 'none',
  });
});

test.each([
  ['a new store', {}, EMPTY_VIEW],
  ['one that is Ready', {}, readyView()],
  ['one that failed for another generation', { problem: { ...terminal, generation: 0 } }, readyView()],
] as const)(
  '%s whose values the chart does not take is refused, whatever else there is to do',
  (_what, change, view) => {
    const situation = {
      engine: WOOCOMMERCE,
      store: readyStore(change),
      view,
      notBefore: 0,
      repairNotBefore: () => 0,
      now: 1000,
    };
    expect(planAction({ ...situation, invalidValues: 'values.size: no' })).toEqual({
      type: 'refuse',
      message: 'values.size: no',
    });
  },
);

test('reports a refusal once per generation and still allows deletion', () => {
  const situation = {
    engine: WOOCOMMERCE,
    view: readyView(),
    invalidValues: 'values.size: no',
    notBefore: 0,
    repairNotBefore: () => 0,
    now: 1000,
  };
  expect(planAction({ ...situation, store: readyStore({ problem: terminal }) }).type).toBe('none');
  expect(planAction({ ...situation, store: readyStore({ desired: 'absent' }) }).type).toBe('uninstall');
});

test.each([
  ['its own is complete', ['setup-1 complete'], true],
  ['its own still runs', ['setup-1 running'], false],
  ['its own failed', ['setup-1 failed'], false],
  ['its own is complete, and one of a failed revision runs for ever', ['setup-1 complete', 'setup-2 running'], true],
  ['its own is gone', [], true],
  ['only cron jobs are there', ['cron-1 running'], true],
])('a revision is set up or not: %s', (_what, texts, setUp) => {
  const jobs = texts.map((text): StoreObservation['jobs'][number] => {
    const [name = '', word = ''] = text.split(' ');
    const state = word === 'running' || word === 'complete' ? word : 'failed';
    return { storeId: 'st_1', namespace: 'store-alpha', name, component: name.split('-')[0] ?? '', state, message: '' };
  });
  expect(isSetUp(readyView({ jobs }), WOOCOMMERCE)).toBe(setUp);
});
