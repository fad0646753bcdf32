import type { EngineView, Grants, Role, Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { findTroubled, resolveHandles, type ShownHandle } from './resolve-handles.ts';

const engine: EngineView = {
  id: 'teashop',
  title: 'Tea shop',
  about: 'Tea shop',
  runs: 'real',
  embedded: '',
  sizes: [],
  defaults: {},
  components: [
    { name: 'front', title: 'Counter', role: 'web', valuesKey: 'front' },
    { name: 'ledger', title: 'ledger', role: 'database', valuesKey: 'books' },
    { name: 'brew', title: 'brewing', role: 'task', valuesKey: 'front' },
  ],
  fixes: { SetupFailed: ['leaves.url'] },
  versions: [],
  adminTitle: 'Counter',
  adminPages: { products: 'teas' },
  mail: false,
};
const store = {
  id: 'st_1',
  namespace: 'store-tea',
  url: 'http://tea.test',
  message: '',
  reason: undefined,
  attempt: { kind: 'create', startedAt: '', steps: [] },
} satisfies Partial<Store>;
const caller: Grants = { roles: ['admin'] };
const log = { href: '/log', text: 'Log of front' };
const resolve = (reason: string, message = ''): ShownHandle[] =>
  resolveHandles({ ...store, reason, message }, { pods: [], engine, log, caller });
function attemptOf(kind: Store['attempt']['kind'], state: 'done' | 'failed' | 'running'): Store['attempt'] {
  return { kind, startedAt: '', steps: [{ type: 'ApplicationReady', state }] };
}
const hrefs = (handles: ShownHandle[]): string[] =>
  handles.flatMap((handle) => (handle.kind === 'link' ? [decodeURIComponent(handle.href)] : []));

test('fixes the field of the component that the message is about', () => {
  const handles = resolve('ImageNotFound', 'Image registry/front:x not found (container ledger).');
  expect(handles).toMatchObject([{ label: 'Fix image…', title: 'books.image.tag' }]);
  expect(hrefs(handles)[0]).toMatch(/\/settings\?field=books\.image\.tag$/);
});

test('fixes the field that the message names, and opens the settings if it names none', () => {
  expect(resolve('InvalidValues', 'values.store.titel: unknown value.')).toMatchObject([
    { label: 'Fix store.titel…', title: 'store.titel' },
  ]);
  expect(resolve('InvalidValues', 'nothing named')).toMatchObject([{ label: 'Open settings' }]);
});

test('fixes the memory limit of a task that was killed, which no size changes', () => {
  const handles = resolve('OutOfMemory', 'brew was killed. Raise brew.resources.limits.memory.');
  expect(handles).toMatchObject([
    { label: 'Fix memory limit…', title: 'brew.resources.limits.memory' },
    { href: '/log' },
  ]);
  const shop = resolve('OutOfMemory', 'front was killed. Raise front.resources.limits.memory.');
  expect(shop.map(({ label }) => label)).toEqual(['Fix memory limit…', 'Change size…', 'Log of front']);
});

test("adds the engine's own fields, and leaves out what another part of the page offers", () => {
  expect(resolve('SetupFailed').map(({ label }) => label)).toEqual(['Log of front', 'Fix leaves.url…']);
  expect(resolve('SidecarRunning')[0]).toMatchObject({ title: 'brew.podAnnotations' });
  expect(resolve('VolumeLost')).toEqual([]);
});

test.each<[string, Partial<Store>, string[]]>([
  ['an update broke', { attempt: attemptOf('update', 'failed') }, ['Roll back…']],
  ['does not work after a retry of the update either', { attempt: attemptOf('retry', 'running') }, ['Roll back…']],
  ['worked with its settings', { attempt: attemptOf('update', 'done') }, []],
  ['never worked', { attempt: attemptOf('update', 'failed'), readyAt: undefined }, []],
  ['is new', { attempt: attemptOf('create', 'failed') }, []],
])('offers the way back of a store that %s: %j', (_title, change, labels) => {
  const known = { ...store, reason: 'ImageNotFound', readyAt: '2026-01-01T00:00:00.000Z', ...change };
  const handles = resolveHandles(known, { pods: [], engine, log: undefined, caller });
  expect(handles.map(({ label }) => label).filter((label) => label.startsWith('Roll'))).toEqual(labels);
});

test('copies commands for the namespace of the store, and opens pages that the engine knows', () => {
  expect(resolve('PodSecurity')).toMatchObject([{ command: 'kubectl get namespace store-tea --show-labels' }]);
  expect(resolve('NothingToBuy')).toEqual([{ kind: 'admin', label: 'Open products', to: 'teas' }]);
  expect(resolve('NoPayment')).toEqual([]);
});

test.each(['NamespaceConflict', 'OwnedByAnother'])('creates the store under another name for %s', (reason) => {
  expect(resolve(reason)[0]).toEqual({ kind: 'createAgain', label: 'Create under another name…' });
});

test.each([
  { message: 'brew failed, front waits', component: 'front' },
  { message: 'ledger waits for front', component: 'books' },
  { message: 'something in a frontend', component: 'books' },
])('finds the troubled component of "$message": $component', ({ message, component }) => {
  const pod = { name: 'ledger-0', component: 'ledger', phase: 'Pending', ready: false, restarts: 0 };
  const pods = [{ ...pod, createdAt: '', containers: [] }];
  expect(findTroubled(message, { pods, engine })).toBe(component);
});

test('shows nothing for a reason or an engine that this version does not know', () => {
  expect(resolve('SomethingNew')).toEqual([]);
  expect(
    resolveHandles({ ...store, reason: 'CrashLoop' }, { pods: [], engine: undefined, log: undefined, caller }),
  ).toEqual([]);
});

test.each<{ role: Role; labels: string[] }>([
  { role: 'viewer', labels: [] },
  { role: 'operator', labels: ['Log of front', 'Fix leaves.url…'] },
])('offers the $role of the team only what leads to pages that the role opens', ({ role, labels }) => {
  const around = { pods: [], engine, log, caller: { roles: [role] } };
  expect(resolveHandles({ ...store, reason: 'SetupFailed' }, around).map(({ label }) => label)).toEqual(labels);
});
