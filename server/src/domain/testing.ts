/** Fixtures for this folder's tests: a Ready store and its situation, with overrides. */
import { engines, requireEngine } from '@shopyard/engines';
import { MAIN_CLUSTER } from './cluster-id.ts';
import { addressLabelOf } from './labels.ts';
import type { ObservedPod, StoreObservation } from './observation.ts';
import type { WaitingChange } from './operations.ts';
import type { Situation } from './situation.ts';
import type { StoreRecord } from './store.ts';

const of = { storeId: 'st_1', namespace: 'store-alpha' };
const meta = { ...of, uid: 'u', version: '1' };

/** Accepted on Monday, for the night after. */
export const WAITING: WaitingChange = {
  id: 'op_0000000000000001',
  kind: 'change',
  values: { size: 'large' },
  actor: 'ann',
  at: '2026-02-02T12:00:00.000Z',
  notBefore: '2026-02-03T01:00:00.000Z',
  tz: 'Europe/Berlin',
};

export function readyStore(change: Partial<StoreRecord> = {}): StoreRecord {
  return {
    id: 'st_1',
    name: 'alpha',
    namespace: 'store-alpha',
    url: 'http://alpha.localhost:3000',
    engine: 'woocommerce',
    clusterId: MAIN_CLUSTER,
    desired: 'present',
    generation: 1,
    values: {},
    profile: {},
    phase: 'Ready',
    reason: undefined,
    message: undefined,
    observedGeneration: 1,
    conditions: [],
    verifiedRevision: 1,
    problem: undefined,
    createdBy: 'local',
    createdAt: '2026-01-01T00:00:00.000Z',
    readyAt: '2026-01-01T00:00:00.000Z',
    inventory: undefined,
    sighting: undefined,
    attention: { level: 'ok', since: '2026-01-01T00:00:00.000Z' },
    attempt: undefined,
    restarts: {},
    restarted: {},
    versions: undefined,
    running: undefined,
    resumedAt: undefined,
    forced: false,
    held: false,
    ...change,
  };
}

export const EMPTY_VIEW: StoreObservation = {
  namespace: undefined,
  release: undefined,
  pods: [],
  workloads: [],
  jobs: [],
  claims: [],
  objects: [],
  warnings: [],
};

export const WOOCOMMERCE = requireEngine(engines, { engine: 'woocommerce' });

const BUDGETS = { database: 300, application: 600, storefront: 120 };

/** Valid values, no backoff, no check due. */
export function readySituation(change: Partial<Situation> = {}): Situation {
  return {
    store: readyStore(),
    engine: WOOCOMMERCE,
    view: readyView(),
    now: Date.parse('2026-02-02T00:00:00.000Z'),
    budgets: BUDGETS,
    invalidValues: undefined,
    chartTrouble: undefined,
    notBefore: 0,
    repairNotBefore: () => 0,
    recheckAt: Infinity,
    ...change,
  };
}

export function readyView(change: Partial<StoreObservation> = {}): StoreObservation {
  return {
    namespace: {
      name: 'store-alpha',
      storeId: 'st_1',
      installation: undefined,
      uid: 'u',
      profile: {},
      desired: 'present',
      generation: 1,
      waiting: undefined,
      terminating: false,
      remaining: [],
    },
    release: {
      ...of,
      name: 'alpha',
      revision: 1,
      status: 'deployed',
      generation: 1,
      address: addressLabelOf('http://alpha.localhost:3000'),
      at: 0,
    },
    pods: [],
    workloads: [
      { ...meta, kind: 'StatefulSet', name: 'mariadb', component: 'mariadb', desired: 1, ready: true },
      { ...meta, kind: 'Deployment', name: 'wordpress', component: 'wordpress', desired: 1, ready: true },
    ],
    jobs: [{ ...of, name: 'setup-1', component: 'setup', state: 'complete', message: '' }],
    claims: ['data-mariadb-0', 'wordpress-content'].map((name) => ({
      ...meta, kind: 'PersistentVolumeClaim', name, phase: 'Bound', capacity: '2Gi', terminating: false,
    })), // prettier-ignore
    objects: ['Secret/store-credentials', 'Service/wordpress', 'Service/mariadb', 'ConfigMap/setup'].map((key) => {
      const [kind = '', name = ''] = key.split('/');
      return { ...meta, kind, name };
    }),
    warnings: [],
    ...change,
  };
}

/** The view with one unready component. */
export function withUnready(component: string, view: StoreObservation = readyView()): StoreObservation {
  return {
    ...view,
    workloads: view.workloads.map((workload) => ({
      ...workload,
      ready: workload.component !== component && workload.ready,
    })),
  };
}

interface EndedSetup {
  message: string;
  exitCode?: number;
  component?: string;
  createdAt?: string;
}

/** Of a setup that has ended, with what it reported. */
export function setupPod({ message, exitCode = 0, component = 'setup', createdAt = '1' }: EndedSetup): ObservedPod {
  const terminated = { reason: exitCode === 0 ? 'Completed' : 'Error', exitCode, message };
  const container = {
    name: component,
    init: false,
    state: 'terminated',
    ready: false,
    restarts: 0,
    terminated,
  } as const;
  const of = { storeId: 's', namespace: 'store-a', name: `${component}-1`, component, createdAt };
  return { ...of, phase: 'Succeeded', ready: false, terminating: false, containers: [container] };
}
