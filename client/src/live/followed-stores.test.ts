import type { Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { FollowedStores } from './followed-stores.ts';

const BEFORE = '2026-01-01T00:00:00.000Z';

function storeOf(phase: Store['phase'], level: Store['attention']['level'], startedAt = BEFORE): Store {
  return {
    id: 'st_1',
    name: 'alpha',
    namespace: 'store-alpha',
    engine: 'woocommerce',
    phase,
    conditions: [],
    attention: { level, since: BEFORE },
    attempt: { kind: 'create', startedAt, steps: [] },
    url: 'http://alpha.localhost',
    pods: { ready: 2, total: 2 },
    generation: 1,
    observedGeneration: 1,
    createdAt: BEFORE,
    createdBy: 'local',
  };
}
const [queued, starting] = [storeOf('Queued', 'working'), storeOf('Provisioning', 'working')];
const [ready, failed] = [storeOf('Ready', 'ok'), storeOf('Failed', 'broken')];
const stuck = storeOf('Provisioning', 'stuck');
const again = storeOf('Provisioning', 'stuck', '2026-01-01T00:01:00.000Z');
const deleting = storeOf('Deleting', 'working');
const held = storeOf('Deleting', 'stuck');

test.each<{ what: string; from: Store; next: Store[]; told: Store[] }>([
  { what: 'a created store once it is Ready', from: queued, next: [starting, ready], told: [ready] },
  { what: 'a created store once it needs attention', from: queued, next: [starting, failed], told: [failed] },
  { what: 'nothing while the act has changed nothing yet', from: failed, next: [failed], told: [] },
  { what: 'a retried store that fails again', from: failed, next: [failed, starting, failed], told: [failed] },
  { what: 'a retried store that is stuck again right away', from: stuck, next: [stuck, again], told: [again] },
  { what: 'a restarted store once it is Ready again', from: ready, next: [ready, starting, ready], told: [ready] },
  { what: 'only the first outcome', from: queued, next: [ready, starting, failed], told: [ready] },
  { what: 'a deletion that gets stuck', from: ready, next: [ready, deleting, held], told: [held] },
])('reports $what', ({ from, next, told }) => {
  const stores = new FollowedStores();
  stores.follow(from);
  const each = next.flatMap((store) => stores.observe([store]));
  expect(each).toEqual(told);
});

test('sees states that arrive together', () => {
  const stores = new FollowedStores();
  stores.follow(ready);
  expect(stores.observe([starting, ready])).toEqual([ready]);
});

test('forgets a store whose act was refused, and reports no others', () => {
  const stores = new FollowedStores();
  stores.follow(queued);
  stores.unfollow('st_1');
  stores.follow({ ...queued, id: 'st_2' });
  expect(stores.observe([ready])).toEqual([]);
});
