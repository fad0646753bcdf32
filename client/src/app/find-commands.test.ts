import type { Grants, Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { findCommands } from './find-commands.ts';

const makeStore = (name: string, state: Partial<Store>): Store =>
  ({ id: `st_${name}`, name, namespace: `store-${name}`, url: `http://${name}.example`, ...state }) as Store;

const tea = makeStore('tea', { phase: 'Ready' });
const teapots = makeStore('teapots', { phase: 'Suspended', suspended: true });
const mugs = makeStore('mugs', { phase: 'Failed', reason: 'ImageNotFound' });
const stores = [tea, teapots, mugs];

const ADMIN: Grants = { roles: ['admin'] };

interface Asked {
  caller?: Grants;
  account?: boolean;
  open?: Store;
  offline?: boolean;
  among?: readonly Store[];
}

function labelsOf(
  typed: string,
  { open, offline = false, among = stores, caller = ADMIN, account = false }: Asked = {},
): string[] {
  return findCommands(typed, { stores: among, open, offline, engines: undefined, caller, account }).flatMap(
    ({ commands }) => commands.map(({ label }) => label),
  );
}

test('offers of the stores that are named what their states allow', () => {
  expect(labelsOf('tea su')).toEqual(['tea: Suspend', 'teapots: Resume']);
  expect(labelsOf('mugs')).toEqual(expect.arrayContaining(['mugs', 'mugs: Retry', 'mugs: Copy ID', 'mugs: Delete…']));
  expect(labelsOf('mugs')).not.toContain('mugs: Open shop');
});

test('needs no name for the store that is open, and offers each of its acts once', () => {
  expect(labelsOf('restart')).toEqual([]);
  expect(labelsOf('restart', { open: tea })).toEqual(['tea: Restart']);
  expect(labelsOf('tea restart', { open: tea })).toEqual(['tea: Restart']);
  expect(labelsOf('', { open: tea })[0]).toBe('tea: Open shop');
});

test('names the store before its acts, so that Enter opens it', () => {
  expect(labelsOf('tea').slice(0, 3)).toEqual(['tea', 'teapots', 'tea: Open shop']);
});

test('offers no acts on more stores than people mean', () => {
  const many = Array.from({ length: 4 }, (_, at) => makeStore(`tea-${at}`, { phase: 'Ready' }));
  expect(labelsOf('tea- restart', { among: many })).toEqual([]);
  expect(labelsOf('tea-1 restart', { among: many })).toEqual(['tea-1: Restart']);
});

test('says why an act is disabled', () => {
  const [group] = findCommands('restart', { stores, open: tea, offline: true, engines: undefined, caller: ADMIN });
  expect(group?.commands[0]?.disabled).toBe("The server isn't responding");
});

test('leaves out what the user may not do: acts on stores of a team, and creating any', () => {
  const caller: Grants = { roles: [], teams: { shops: 'operator', default: 'viewer' } };
  const own = makeStore('tea', { phase: 'Ready', team: 'shops' });
  const asked = { caller, among: [own, makeStore('cups', { phase: 'Ready' })] };
  expect(labelsOf('tea restart', asked)).toEqual(['tea: Restart']);
  expect(labelsOf('cups restart', asked)).toEqual([]);
  expect(labelsOf('new', asked)).toEqual(['New store']);
  expect(labelsOf('new', { caller: { roles: [], teams: { default: 'viewer' } } })).toEqual([]);
});

test('leads to the pages of accounts whoever has one, and to those of administrators them alone', () => {
  const caller: Grants = { roles: [], teams: { default: 'owner' } };
  const pages = ['Activity', 'Teams', 'Users', 'Profile', 'Tokens'];
  const found = (asked: Asked) => labelsOf('', asked).filter((label) => pages.includes(label));
  expect(found({})).toEqual(['Activity']);
  expect(found({ account: true })).toEqual(pages);
  expect(found({ caller, account: true })).toEqual(['Teams', 'Profile', 'Tokens']);
});
