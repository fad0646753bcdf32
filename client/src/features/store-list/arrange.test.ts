import type { Phase, Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { arrange, DEFAULT_QUERY, keepPlaces, toParams, type ListQuery, parseQuery } from './arrange.ts';

const LEVELS: Partial<Record<Phase, Store['attention']['level']>> = { Failed: 'broken', Degraded: 'stuck' };
const store = (name: string, phase: Phase = 'Ready', rest: Partial<Store> = {}): Store =>
  ({
    id: name,
    name,
    phase,
    attention: { level: LEVELS[phase] ?? 'ok', since: '' },
    pods: { ready: 2, total: 2 },
    createdAt: name,
    createdBy: 'local',
    ...rest,
  }) as Store;
const names = (query: Partial<ListQuery>, ...stores: Store[]): string[] =>
  arrange(stores, { ...DEFAULT_QUERY, ...query }).shown.map(({ name }) => name);

test('matches stores that contain every word of the filter', () => {
  const mugs = store('mugs', 'Failed', {
    reason: 'ImageNotFound',
    message: 'Image wordpress:no not found (container wordpress).',
  });
  expect(names({ filter: 'IMAGE mug' }, mugs, store('tea'))).toEqual(['mugs']);
  expect(names({ filter: 'mug tea' }, mugs, store('tea'))).toEqual([]);
});

test('sorts the numbers in names by their value', () => {
  const named = ['shop-10', 'shop-2', 'shop', 'shop-1'].map((name) => store(name, 'Ready', { createdAt: '' }));
  for (const sort of ['name', 'age'] as const)
    expect(names({ sort }, ...named)).toEqual(['shop', 'shop-1', 'shop-2', 'shop-10']);
});

test.each<{ name: string; query: Partial<ListQuery>; expected: string[] }>([
  { name: 'sorts by name', query: { sort: 'name' }, expected: ['a', 'b', 'c'] },
  { name: 'sorts by name, descending', query: { sort: 'name', descending: true }, expected: ['c', 'b', 'a'] },
  { name: 'sorts by phase, most urgent first', query: { sort: 'phase' }, expected: ['b', 'c', 'a'] },
  { name: 'sorts by pods that are not ready', query: { sort: 'pods' }, expected: ['c', 'a', 'b'] },
  { name: 'sorts by age, newest first', query: { sort: 'age' }, expected: ['a', 'b', 'c'] },
  { name: 'sorts by age, oldest first', query: { sort: 'age', descending: true }, expected: ['c', 'b', 'a'] },
  { name: 'shows only the selected phases', query: { phases: ['Failed', 'Degraded'] }, expected: ['b', 'c'] },
  { name: 'shows only stores that need attention', query: { urgent: true }, expected: ['b', 'c'] },
  { name: 'combines attention and phases', query: { urgent: true, phases: ['Failed', 'Ready'] }, expected: ['b'] },
])('$name', ({ query, expected }) => {
  const all = [
    store('a', 'Ready', { createdAt: '3' }),
    store('b', 'Failed', { createdAt: '2' }),
    store('c', 'Degraded', { createdAt: '1', pods: { ready: 0, total: 2 } }),
  ];
  expect(names(query, ...all)).toEqual(expected);
});

test('sorts a stuck store before others that are starting, and counts it as urgent', () => {
  const stuck = store('stuck', 'Provisioning', { attention: { level: 'stuck', since: '' } });
  const all = [store('a', 'Upgrading'), store('b', 'Provisioning'), stuck, store('f', 'Failed')];
  expect(names({ sort: 'phase' }, ...all)).toEqual(['f', 'stuck', 'b', 'a']);
  expect(arrange(all, DEFAULT_QUERY).urgent).toBe(2);
});

test('counts phases after the filter, whichever phases are selected', () => {
  const { counts, total } = arrange([store('a'), store('ab', 'Failed'), store('c')], {
    ...DEFAULT_QUERY,
    filter: 'a',
    phases: ['Ready'],
  });
  expect([counts.get('Ready'), counts.get('Failed'), counts.get('Queued'), total]).toEqual([2, 1, 0, 3]);
});

test('moves no row under the pointer: deleted stores keep their place and new ones come last', () => {
  const [a, b, c] = [store('a'), store('b'), store('c')];
  const changed = store('a', 'Failed');
  expect(placed([b, a], [changed, c], [changed, c])).toEqual([
    ['b', 'Ready', true],
    ['a', 'Failed', false],
    ['c', 'Ready', false],
  ]);
});

test('shows a held store that left the view in its place, and not as deleted', () => {
  const changed = store('a', 'Failed');
  expect(placed([store('a')], [], [changed])).toEqual([['a', 'Failed', false]]);
});

function placed(held: Store[], shown: Store[], all: Store[]): unknown[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  return keepPlaces(held, shown, byId).map(({ store: { name, phase }, gone }) => [name, phase, gone]);
}

test.each<Partial<ListQuery>>([
  {},
  { filter: 'tea & mugs' },
  { phases: ['Failed', 'Queued'].toSorted().toReversed() as Phase[] },
  { sort: 'pods', descending: true },
  { urgent: true },
])('restores %j from the address', (change) => {
  const query = { ...DEFAULT_QUERY, ...change };
  const given = Object.entries(toParams(query)).filter((entry): entry is [string, string] => Boolean(entry[1]));
  expect(parseQuery(new URLSearchParams(given))).toEqual(query);
});

test('ignores invalid parameters', () => {
  expect(parseQuery(new URLSearchParams('phase=Happy,Ready&sort=-colour'))).toEqual({
    ...DEFAULT_QUERY,
    phases: ['Ready'],
  });
});
