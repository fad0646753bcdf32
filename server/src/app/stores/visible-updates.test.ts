import type { Grants, Platform, Store, StoreChange, StoresUpdate } from '@shopyard/contracts';
import type { Tracked } from '@shopyard/contracts/services';
import { expect, test } from 'vitest';
import { createVisibleUpdates } from './visible-updates.ts';

// Nothing else of a store is looked at.
const store = (id: string, team?: string): Store => ({ id, ...(team ? { team } : {}) }) as Store;
const changed = (seq: number, id: string, team?: string): StoreChange => ({
  type: 'store',
  seq,
  store: store(id, team),
});
const removed = (seq: number, id: string, team?: string): StoreChange => ({
  type: 'removed',
  seq,
  id,
  name: id,
  ...(team ? { team } : {}),
});
// Nor of the platform.
const PLATFORM = {
  cluster: { kind: 'embedded', synced: true, unmanaged: [{ installation: 'other', stores: 3 }] },
} as unknown as Platform;
const UPDATES: StoresUpdate[] = [
  { type: 'snapshot', stores: [store('1', 'a'), store('2', 'b'), store('3')], platform: PLATFORM },
  { type: 'changes', changes: [changed(1, '1', 'a'), changed(2, '2', 'b'), removed(3, '1', 'a')] },
  { type: 'changes', changes: [changed(4, '2', 'b'), removed(5, '2', 'b')] },
  { type: 'changes', changes: [changed(6, '3'), { type: 'platform', seq: 7, platform: PLATFORM }] },
];

async function* updates(): AsyncGenerator<Tracked<StoresUpdate>> {
  for (const [index, data] of UPDATES.entries()) yield await Promise.resolve({ id: String(index), data });
}

/** Ids of the stores that each update tells of, by the update's id. */
async function toldTo(caller: Grants): Promise<Record<string, string[]>> {
  const told: Record<string, string[]> = {};
  for await (const { id, data } of createVisibleUpdates()(updates(), caller))
    told[id] =
      data.type === 'snapshot'
        ? data.stores.map((one) => one.id)
        : data.changes.map((change) =>
            change.type === 'store' ? change.store.id : change.type === 'removed' ? change.id : '*',
          );
  return told;
}

test('an administrator is told of every store, and a caller without a team of none', async () => {
  expect(await toldTo({ roles: ['admin'] })).toEqual({
    0: ['1', '2', '3'],
    1: ['1', '2', '1'],
    2: ['2', '2'],
    3: ['3', '*'],
  });
  expect(await toldTo({ roles: [] })).toEqual({ 0: [], 3: ['*'] });
});

test("a member is told of their teams' stores, until and including their removal; what is left empty is not sent", async () => {
  expect(await toldTo({ roles: [], teams: { a: 'viewer' } })).toEqual({ 0: ['1'], 1: ['1', '1'], 3: ['*'] });
  expect(await toldTo({ roles: [], teams: { a: 'viewer', default: 'owner' } })).toEqual({
    0: ['1', '3'],
    1: ['1', '1'],
    3: ['3', '*'],
  });
});

test('an update is made once for all callers of the same teams, in whatever order', async () => {
  const visible = createVisibleUpdates();
  const first = async (teams: Grants['teams']): Promise<StoresUpdate | undefined> => {
    for await (const { data } of visible(updates(), { roles: [], teams })) return data;
    return undefined;
  };
  expect(await first({ a: 'viewer', b: 'owner' })).toBe(await first({ b: 'viewer', a: 'operator' }));
  expect(await first({ a: 'viewer' })).not.toBe(await first({ b: 'viewer' }));
});

test('only administrators are told who else has stores on the cluster', async () => {
  const platforms = async (caller: Grants): Promise<Platform[]> => {
    const told: Platform[] = [];
    for await (const { data } of createVisibleUpdates()(updates(), caller))
      told.push(
        ...(data.type === 'snapshot'
          ? [data.platform]
          : data.changes.flatMap((change) => (change.type === 'platform' ? [change.platform] : []))),
      );
    return told;
  };
  expect(await platforms({ roles: ['admin'] })).toEqual([PLATFORM, PLATFORM]);
  const shown = { cluster: { kind: 'embedded', synced: true } };
  expect(await platforms({ roles: [], teams: { a: 'owner' } })).toEqual([shown, shown]);
});
