/** Stores and views for the tests of this folder: a Ready store, changed as a test needs it. */
import type { StoreView } from '../cluster/observed.ts';
import type { StoreState } from './store-state.ts';

const of = { storeId: 'st_1', namespace: 'store-alpha' };

export function readyStore(change: Partial<StoreState> = {}): StoreState {
  return {
    id: 'st_1',
    name: 'alpha',
    namespace: 'store-alpha',
    engine: 'woocommerce',
    desired: 'present',
    generation: 1,
    values: {},
    phase: 'Ready',
    conditions: [],
    verifiedRevision: 1,
    problem: undefined,
    createdBy: 'local',
    readyAt: '2026-01-01T00:00:00.000Z',
    ...change,
  };
}

export const EMPTY_VIEW: StoreView = {
  namespace: undefined,
  release: undefined,
  pods: [],
  workloads: [],
  jobs: [],
  claims: [],
  warnings: [],
};

export function readyView(change: Partial<StoreView> = {}): StoreView {
  return {
    namespace: { name: 'store-alpha', storeId: 'st_1', uid: 'u', terminating: false, remaining: [] },
    release: { ...of, name: 'alpha', revision: 1, status: 'deployed', generation: 1 },
    pods: [],
    workloads: [
      { ...of, kind: 'StatefulSet', name: 'mariadb', component: 'mariadb', desired: 1, ready: true },
      { ...of, kind: 'Deployment', name: 'wordpress', component: 'wordpress', desired: 1, ready: true },
    ],
    jobs: [{ ...of, name: 'setup-1', component: 'setup', state: 'complete', message: '' }],
    claims: [],
    warnings: [],
    ...change,
  };
}

/** The view with one component not ready. */
export function withUnready(component: string, view: StoreView = readyView()): StoreView {
  return {
    ...view,
    workloads: view.workloads.map((workload) => ({
      ...workload,
      ready: workload.component !== component && workload.ready,
    })),
  };
}
