import type { EngineView, Grants, Store, TeamRole } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { type ActsWorld, actsOf } from './acts-of.ts';

const PAGES = ['Activity', 'Logs', 'Settings', 'Revisions'];
const COPIES = ['Copy URL', 'Copy namespace', 'Copy ID'];
const ONLINE: ActsWorld = {
  caller: { roles: ['admin'] },
  offline: false,
  engines: [{ id: 'counter', adminTitle: 'Counter admin' } as EngineView],
};
const makeStore = (state: Partial<Store>): Store =>
  ({
    id: 'st_1',
    name: 'mugs',
    engine: 'counter',
    namespace: 'store-mugs',
    url: 'http://mugs.example',
    ...state,
  }) as Store;

test.each<{ what: string; state: Partial<Store>; calls: string[]; last: string[] }>([
  {
    what: 'a store that is Ready',
    state: { phase: 'Ready' },
    calls: ['Open shop', 'Counter admin', 'Restart', 'Suspend'],
    last: ['Delete…'],
  },
  {
    what: 'one that failed',
    state: { phase: 'Failed', reason: 'ImageNotFound' },
    calls: ['Retry', 'Suspend'],
    last: ['Delete…'],
  },
  {
    what: 'one that is suspended',
    state: { phase: 'Suspended', suspended: true },
    calls: ['Resume'],
    last: ['Delete…'],
  },
  { what: 'one that is being deleted', state: { phase: 'Deleting' }, calls: [], last: [] },
])('offers of $what what its state allows', ({ state, calls, last }) => {
  const labels = actsOf(makeStore(state), ONLINE).map(({ label }) => label);
  expect(labels).toEqual([...calls, ...PAGES, ...COPIES, ...last]);
});

test('says of what needs the server why it is disabled while that is away', () => {
  const acts = actsOf(makeStore({ phase: 'Ready' }), { ...ONLINE, offline: true });
  const disabled = acts.filter((act) => act.disabled === "The server isn't responding").map(({ id }) => id);
  expect(disabled).toEqual(['admin', 'restart', 'suspend', 'remove']);
  expect(acts.filter((act) => act.disabled === undefined).map(({ id }) => id)).toContain('open');
});

test('leads to the pages of the store, and names what it copies', () => {
  const acts = actsOf(makeStore({ phase: 'Ready' }), ONLINE);
  const by = (id: string) => acts.find((act) => act.id === id);
  expect(by('logs')?.href).toBe('/stores/st_1/logs');
  expect([by('copyNamespace')?.copied, by('copyId')?.copied]).toEqual(['store-mugs', 'st_1']);
});

test.each<{ role: TeamRole; labels: string[] }>([
  { role: 'viewer', labels: ['Open shop', 'Activity', 'Settings', 'Revisions', ...COPIES] },
  { role: 'operator', labels: ['Open shop', 'Counter admin', 'Restart', 'Suspend', ...PAGES, ...COPIES] },
  { role: 'owner', labels: ['Open shop', 'Counter admin', 'Restart', 'Suspend', ...PAGES, ...COPIES, 'Delete…'] },
])(
  "offers the $role of the store's team what the role allows there, whatever other teams allow",
  ({ role, labels }) => {
    const caller: Grants = { roles: [], teams: { default: 'owner', shops: role, other: 'viewer' } };
    const acts = actsOf(makeStore({ phase: 'Ready', team: 'shops' }), { ...ONLINE, caller });
    expect(acts.map(({ label }) => label)).toEqual(labels);
  },
);
