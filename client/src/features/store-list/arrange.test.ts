import type { Phase, Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { arrange, DEFAULT_VIEW, keepPlaces, paramsOf, type View, viewOf } from './arrange.ts';

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
const names = (view: Partial<View>, ...stores: Store[]): string[] =>
  arrange(stores, { ...DEFAULT_VIEW, ...view }).shown.map(({ name }) => name);

test('matches stores that contain every word of the filter', () => {
  const mugs = store('mugs', 'Failed', { reason: 'ImageNotFound', message: 'wordpress:no does not exist.' });
  expect(names({ filter: 'IMAGE mug' }, mugs, store('tea'))).toEqual(['mugs']);
  expect(names({ filter: 'mug tea' }, mugs, store('tea'))).toEqual([]);
});

test.each<{ name: string; view: Partial<View>; expected: string[] }>([
  { name: 'sorts by name', view: { sort: 'name' }, expected: ['a', 'b', 'c'] },
  { name: 'sorts by name, descending', view: { sort: 'name', descending: true }, expected: ['c', 'b', 'a'] },
  { name: 'sorts by phase, most urgent first', view: { sort: 'phase' }, expected: ['b', 'c', 'a'] },
  { name: 'sorts by pods that are not ready', view: { sort: 'pods' }, expected: ['c', 'a', 'b'] },
  { name: 'sorts by age, oldest first', view: { sort: 'age' }, expected: ['c', 'b', 'a'] },
  { name: 'shows only the selected phases', view: { phases: ['Failed', 'Degraded'] }, expected: ['c', 'b'] },
  { name: 'shows only stores that need attention', view: { urgent: true }, expected: ['c', 'b'] },
  { name: 'combines attention and phases', view: { urgent: true, phases: ['Failed', 'Ready'] }, expected: ['b'] },
])('$name', ({ view, expected }) => {
  const all = [
    store('a', 'Ready', { createdAt: '3' }),
    store('b', 'Failed', { createdAt: '2' }),
    store('c', 'Degraded', { createdAt: '1', pods: { ready: 0, total: 2 } }),
  ];
  expect(names(view, ...all)).toEqual(expected);
});

test('sorts a stuck store before others that are starting, and counts it as urgent', () => {
  const stuck = store('stuck', 'Provisioning', { attention: { level: 'stuck', since: '' } });
  const all = [store('a', 'Upgrading'), store('b', 'Provisioning'), stuck, store('f', 'Failed')];
  expect(names({ sort: 'phase' }, ...all)).toEqual(['f', 'stuck', 'b', 'a']);
  expect(arrange(all, DEFAULT_VIEW).urgent).toBe(2);
});

test('counts phases after the filter, whichever phases are selected', () => {
  const { counts, total } = arrange([store('a'), store('ab', 'Failed'), store('c')], {
    ...DEFAULT_VIEW,
    filter: 'a',
    phases: ['Ready'],
  });
  expect([counts.get('Ready'), counts.get('Failed'), counts.get('Queued'), total]).toEqual([2, 1, 0, 3]);
});

test('moves no row under the pointer: deleted stores keep their place and new ones come last', () => {
  const [a, b, c] = [store('a'), store('b'), store('c')];
  const changed = store('a', 'Failed');
  expect(keepPlaces([b, a], [changed, c]).map(({ store: { name, phase }, gone }) => [name, phase, gone])).toEqual([
    ['b', 'Ready', true],
    ['a', 'Failed', false],
    ['c', 'Ready', false],
  ]);
});

test.each<Partial<View>>([
  {},
  { filter: 'tea & mugs' },
  { phases: ['Failed', 'Queued'].toSorted().toReversed() as Phase[] },
  { sort: 'pods', descending: true },
  { urgent: true },
])('restores %j from the address', (change) => {
  const view = { ...DEFAULT_VIEW, ...change };
  const given = Object.entries(paramsOf(view)).filter((entry): entry is [string, string] => Boolean(entry[1]));
  expect(viewOf(new URLSearchParams(given))).toEqual(view);
});

test('ignores invalid parameters', () => {
  expect(viewOf(new URLSearchParams('phase=Happy,Ready&sort=-colour'))).toEqual({ ...DEFAULT_VIEW, phases: ['Ready'] });
});
