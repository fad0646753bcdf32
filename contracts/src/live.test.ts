import { expect, test } from 'vitest';
import { applyUpdate, NO_STORES, type StoresState } from './live.ts';
import type { Platform } from './platform/platform.ts';
import type { Store } from './stores/store.ts';

const platform: Platform = {
  version: '1',
  storeUrl: 'http://{name}.localhost',
  engines: [],
  cluster: { kind: 'embedded', synced: true },
};

function store(id: string, phase: Store['phase'] = 'Ready'): Store {
  return {
    id,
    name: id,
    namespace: `store-${id}`,
    engine: 'woocommerce',
    phase,
    attention: { level: 'ok', since: '2026-01-01T00:00:00.000Z' },
    attempt: { kind: 'create', startedAt: '2026-01-01T00:00:00.000Z', steps: [] },
    conditions: [],
    url: '',
    pods: { ready: 0, total: 0 },
    generation: 1,
    observedGeneration: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    createdBy: 'local',
  };
}

function loaded(...stores: Store[]): StoresState {
  return applyUpdate(NO_STORES, { type: 'snapshot', stores, platform });
}

test('replaces all stores with those of a snapshot', () => {
  const state = applyUpdate(loaded(store('a')), { type: 'snapshot', stores: [store('b')], platform });
  expect([...state.stores.keys()]).toEqual(['b']);
  expect(state.loaded).toBe(true);
});

test('applies changes in order; a changed store keeps its place and a new one comes last', () => {
  const state = applyUpdate(loaded(store('a', 'Queued'), store('b')), {
    type: 'changes',
    changes: [
      { type: 'store', seq: 1, store: store('a', 'Provisioning') },
      { type: 'store', seq: 2, store: store('c') },
      { type: 'store', seq: 3, store: store('a', 'Ready') },
      { type: 'removed', seq: 4, id: 'b', name: 'b' },
    ],
  });
  expect([...state.stores.values()].map(({ id, phase }) => `${id} ${phase}`)).toEqual(['a Ready', 'c Ready']);
});

test('keeps the object of an unchanged store, so that its row does not rerender', () => {
  const before = loaded(store('a'), store('b'));
  const after = applyUpdate(before, {
    type: 'changes',
    changes: [{ type: 'store', seq: 1, store: store('b', 'Degraded') }],
  });
  expect(after.stores.get('a')).toBe(before.stores.get('a'));
  expect(before.stores.get('b')?.phase).toBe('Ready');
});

test('takes the platform from the latest change', () => {
  const stale: Platform = {
    ...platform,
    cluster: { kind: 'embedded', synced: false, staleSince: '2026-01-01T00:00:00.000Z' },
  };
  const state = applyUpdate(loaded(), {
    type: 'changes',
    changes: [
      { type: 'platform', seq: 1, platform: stale },
      { type: 'store', seq: 2, store: store('a') },
    ],
  });
  expect(state.platform).toEqual(stale);
});
