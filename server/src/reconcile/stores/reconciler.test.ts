import type { Caller, Store } from '@shopyard/contracts';
import { engines } from '@shopyard/engines';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NamespaceState } from '../../cluster/store-namespaces.ts';
import type { StoreObservation } from '../../domain/observation.ts';
import { inventoryOf } from '../../domain/inventory.ts';
import { EMPTY_VIEW, readyStore, readyView } from '../../domain/testing.ts';
import { HelmSlots } from '../../kit/keyed-semaphore.ts';
import type { FoundSpec, StoreRecord } from '../../domain/store.ts';
import { openDatabase } from '../../storage/sqlite/database.ts';
import { createSqliteStorage } from '../../storage/sqlite/sqlite-storage.ts';
import type { SpecWrites, Storage } from '../../storage/storage.ts';
import type { Reconciler, Result } from '../controller.ts';
import type { ActionContext } from './actions/action-context.ts';
import { createObserve } from './observe.ts';
import { createStoreReconciler } from './reconciler.ts';
import { createRecords } from './record.ts';
import { RepairBackoff } from './repair-backoff.ts';
import { readEngineCharts } from '../../chart/engine-charts.ts';

const ID = 'st_1';
const AT = '2026-01-01T00:00:00.000Z';
const refused = { reason: 'ManifestRefused', message: 'The chart is refused.', terminal: true } as const;
const view = readyView();
const terminating = view.namespace && { ...view.namespace, terminating: true, remaining: ['a finalizer'] };
const caller: Caller = { user: { name: 'ann' }, roles: ['admin'], via: 'rest' };

/** A reconciler with a real database and a fake cluster. */
interface World {
  reconciler: Reconciler;
  slots: HelmSlots;
  /** What the watches show. */
  view: StoreObservation;
  /** How often they were asked. */
  looks: number;
  onLook: () => void;
  mayWrite: boolean;
  /** What actions use. */
  cluster: object;
  /** The state of the namespace that actions read. */
  namespace: () => Promise<NamespaceState>;
  published: Pick<Store, 'phase' | 'reason'>[];
  woken: string[];
  removed: string[];
}

let storage: Storage;
beforeEach(async () => {
  storage = createSqliteStorage(await openDatabase(':memory:'), () => 'http://alpha.localhost:3000');
  await change((writes) => writes.create(NEW, '{}'));
});
afterEach(() => storage.close());

const change = (made: (writes: SpecWrites) => Promise<unknown>): Promise<unknown> =>
  storage.audited({ caller, action: 'stores.update', at: new Date(AT) }, made);

const NEW = {
  id: ID,
  name: 'alpha',
  namespace: 'store-alpha',
  engine: 'woocommerce',
  values: {},
  profile: {},
  createdAt: AT,
  createdBy: 'ann',
};

const REPLACED: FoundSpec = { ...NEW, generation: 7, desired: 'absent', held: undefined };

function createWorld(): World {
  const now = (): Date => new Date(AT);
  const repairs = new RepairBackoff(now);
  const slots = new HelmSlots(1, (id) => void world.woken.push(id));
  const viewOf = (): StoreObservation => {
    world.looks += 1;
    world.onLook();
    return world.view;
  };
  const cluster = { namespaceState: () => world.namespace(), ensureNamespace: () => world.namespace() };
  const reconciler = createStoreReconciler({
    observe: createObserve({
      stores: storage.stores,
      sources: { viewOf, visitedAt: () => Infinity, now },
      engines,
      charts: readEngineCharts(engines),
      budgets: {},
      repairs,
    }),
    records: createRecords({
      storage,
      publish: ({ phase, reason }) => void world.published.push({ phase, reason }),
      onRemoved: (id) => void world.removed.push(id),
      charts: readEngineCharts(engines),
      now,
    }),
    // Only what the actions below use.
    context: { cluster } as unknown as ActionContext,
    limits: { slots, repairs },
    mayWrite: () => world.mayWrite,
    log: pino({ level: 'silent' }),
  });
  const world: World = {
    reconciler,
    slots,
    cluster,
    view: EMPTY_VIEW,
    looks: 0,
    onLook: () => undefined,
    mayWrite: true,
    namespace: () => Promise.resolve('absent'),
    published: [],
    woken: [],
    removed: [],
  };
  return world;
}

const reconcile = ({ reconciler }: World): Promise<Result> =>
  reconciler.reconcile(ID, { signal: new AbortController().signal, notBefore: 0 });
const record = (): Promise<StoreRecord | undefined> => storage.stores.find(ID);
const history = async (): Promise<string[]> =>
  (await storage.history.ofStore(ID)).map(({ kind, what, message }) => `${kind} ${what} ${message}`.trim());
const askDeletion = (): Promise<unknown> => change((writes) => writes.requestDeletion(ID));

describe('a reconcile', () => {
  test('observes once when there is nothing to do, and records what it saw', async () => {
    const world = createWorld();
    world.view = { ...view, namespace: terminating };
    await reconcile(world);
    expect(world.looks).toBe(1);
    expect(world.published).toEqual([{ phase: 'Degraded', reason: 'NamespaceTerminating' }]);
    expect(await record()).toMatchObject({ phase: 'Degraded', reason: 'NamespaceTerminating' });
  });

  test('records status and action from the same observation, before it acts', async () => {
    const world = createWorld();
    const answers: (() => void)[] = [];
    world.namespace = async () => {
      expect(await record()).toMatchObject({ phase: 'Provisioning' });
      await new Promise<void>((resolve) => answers.push(resolve));
      return 'terminating';
    };
    const running = reconcile(world);
    await expect.poll(() => answers.length).toBe(1);
    expect(world.looks).toBe(1);
    expect(world.published).toEqual([{ phase: 'Provisioning', reason: undefined }]);
    answers[0]?.();
    await expect(running).rejects.toThrow('namespace');
  });

  test('leaves a store Queued until a slot is free, and wakes it then', async () => {
    const world = createWorld();
    const other = world.slots.take('st_2');
    await reconcile(world);
    expect(world.published).toEqual([{ phase: 'Queued', reason: undefined }]);
    expect(world.woken).toEqual([]);
    other?.release();
    expect(world.woken).toEqual([ID]);
  });

  test('gives its slot back when its action fails', async () => {
    const world = createWorld();
    world.namespace = () => Promise.resolve('terminating');
    await expect(reconcile(world)).rejects.toThrow('namespace');
    expect(world.slots.take('st_2')).toBeDefined();
  });

  test('records, but does not act, while this server is read-only', async () => {
    const world = createWorld();
    world.mayWrite = false;
    world.namespace = () => Promise.reject(new Error('it acted'));
    expect(await reconcile(world)).not.toHaveProperty('acted');
    expect(world.published).toEqual([{ phase: 'Queued', reason: undefined }]);
  });

  test('records an outcome on a new observation', async () => {
    const world = createWorld();
    world.view = view;
    await askDeletion();
    world.namespace = () => {
      world.view = { ...view, namespace: terminating };
      return Promise.resolve('absent');
    };
    expect(await reconcile(world)).toMatchObject({ acted: true, after: 5000 });
    expect(world.looks).toBe(2);
    expect(world.published).toEqual([
      { phase: 'Deleting', reason: undefined },
      { phase: 'Deleting', reason: 'NamespaceTerminating' },
    ]);
    const action = (await history()).find((entry) => entry.startsWith('action'));
    expect(action).toMatch(/^action uninstall uninstall in \d/);
  });

  test('goes on at once after it only compared: no event would tell', async () => {
    const world = createWorld();
    world.view = view;
    const known = { ...inventoryOf(view), 'Deployment/wordpress': { uid: 'u', version: 'older' } };
    const before = await record();
    // Its shop is to be looked at again.
    const sighting = { reason: 'Orderable', message: 'Mug can be ordered.', at: '2025-01-01T00:00:00.000Z' } as const;
    const status = readyStore({ inventory: known, sighting });
    await storage.recorded((writes) => writes.update(before ?? status, status, []));
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'wordpress' } };
    Object.assign(world.cluster, { ownObjects: () => [deployment], differenceOf: () => Promise.resolve({}) });
    expect(await reconcile(world)).toEqual({ acted: true, after: 0 });
    expect((await record())?.inventory?.['Deployment/wordpress']).toEqual(inventoryOf(view)['Deployment/wordpress']);
  });

  test('deletes the record once nothing of the store is left, and keeps its history', async () => {
    const world = createWorld();
    await askDeletion();
    expect(await reconcile(world)).toEqual({ acted: true });
    expect(await record()).toBeUndefined();
    expect(world.removed).toEqual([ID]);
    expect(await history()).toContain('action deleted release and namespace are gone');
    expect(await reconcile(world)).toEqual({});
  });
});

describe('a spec replaced while a status is written', () => {
  test('keeps what the call set, and is looked at again at once', async () => {
    const world = createWorld();
    world.view = { ...view, namespace: terminating };
    world.onLook = () => void askDeletion();
    expect(await reconcile(world)).toEqual({ after: 0 });
    expect(await record()).toMatchObject({ desired: 'absent', phase: 'Queued' });
    expect(world.published).toEqual([]);
  });

  test('gets the outcome of an action that has run for the old one, once', async () => {
    const world = createWorld();
    world.view = view;
    await askDeletion();
    // Between the look after the action and the recording of its outcome.
    world.onLook = () => {
      if (world.looks === 2) void change((writes) => writes.adopt(REPLACED));
    };
    expect(await reconcile(world)).toMatchObject({ acted: true });
    expect(world.looks).toBe(3);
    expect(await record()).toMatchObject({ generation: 7 });
    expect((await history()).filter((entry) => entry.startsWith('action uninstall'))).toHaveLength(1);
  });
});

describe('a failure', () => {
  test('is recorded with the number of tries, and gone after an action that succeeds', async () => {
    const world = createWorld();
    world.namespace = () => Promise.resolve('terminating');
    const retryAt = new Date(Date.parse(AT) + 1000);
    for (const tries of [1, 2]) {
      await expect(reconcile(world)).rejects.toThrow('namespace');
      const { after } = await world.reconciler.recordFailure(ID, { ...refused, terminal: false }, retryAt);
      expect(after).toBe(1000);
      expect((await record())?.problem).toMatchObject({
        reason: 'ManifestRefused',
        generation: 1,
        tries,
      });
    }
    world.namespace = () => Promise.resolve('absent');
    world.view = view;
    await askDeletion();
    await reconcile(world);
    expect(await record()).toMatchObject({ problem: undefined });
  });

  test('of an older generation is not recorded', async () => {
    const world = createWorld();
    world.namespace = () => Promise.resolve('terminating');
    await expect(reconcile(world)).rejects.toThrow('namespace');
    await change((writes) => writes.requestRetry(ID));
    expect(await world.reconciler.recordFailure(ID, refused, undefined)).toEqual({});
    expect(await record()).toMatchObject({ problem: undefined, generation: 2 });
  });

  test('is not written over a spec that replaced the one it was observed for', async () => {
    const world = createWorld();
    world.namespace = () => Promise.resolve('terminating');
    await expect(reconcile(world)).rejects.toThrow('namespace');
    world.published = [];
    const [recorded] = await Promise.all([
      world.reconciler.recordFailure(ID, refused, undefined),
      change((writes) => writes.requestRetry(ID)),
    ]);
    expect(recorded).toEqual({ after: 0 });
    expect(await record()).toMatchObject({ generation: 2, phase: 'Provisioning', problem: undefined });
    expect(world.published).toEqual([]);
  });
});
