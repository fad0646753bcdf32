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

test('every word of the filter has to be somewhere', () => {
  const mugs = store('mugs', 'Failed', { reason: 'ImageNotFound', message: 'wordpress:no does not exist.' });
  expect(names({ filter: 'IMAGE mug' }, mugs, store('tea'))).toEqual(['mugs']);
  expect(names({ filter: 'mug tea' }, mugs, store('tea'))).toEqual([]);
});

test.each<[Partial<View>, string[]]>([
  [{ sort: 'name' }, ['a', 'b', 'c']],
  [{ sort: 'name', descending: true }, ['c', 'b', 'a']],
  [{ sort: 'phase' }, ['b', 'c', 'a']],
  [{ sort: 'pods' }, ['c', 'a', 'b']],
  [{ sort: 'age' }, ['c', 'b', 'a']],
  [{ phases: ['Failed', 'Degraded'] }, ['c', 'b']],
  [{ urgent: true }, ['c', 'b']],
  [{ urgent: true, phases: ['Failed', 'Ready'] }, ['b']],
])('%j', (view, expected) => {
  const all = [
    store('a', 'Ready', { createdAt: '3' }),
    store('b', 'Failed', { createdAt: '2' }),
    store('c', 'Degraded', { createdAt: '1', pods: { ready: 0, total: 2 } }),
  ];
  expect(names(view, ...all)).toEqual(expected);
});

test('a store that is stuck in its start comes before those that merely start, and is counted with the failed ones', () => {
  const stuck = store('stuck', 'Provisioning', { attention: { level: 'stuck', since: '' } });
  const all = [store('a', 'Upgrading'), store('b', 'Provisioning'), stuck, store('f', 'Failed')];
  expect(names({ sort: 'phase' }, ...all)).toEqual(['f', 'stuck', 'b', 'a']);
  expect(arrange(all, DEFAULT_VIEW).urgent).toBe(2);
});

test('phases are counted of what the filter leaves, whichever are chosen', () => {
  const { counts, total } = arrange([store('a'), store('ab', 'Failed'), store('c')], {
    ...DEFAULT_VIEW,
    filter: 'a',
    phases: ['Ready'],
  });
  expect([counts.get('Ready'), counts.get('Failed'), counts.get('Queued'), total]).toEqual([2, 1, 0, 3]);
});

test('under the pointer nothing moves: the gone stay, the new come last', () => {
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
])('%j survives in the address', (change) => {
  const view = { ...DEFAULT_VIEW, ...change };
  const given = Object.entries(paramsOf(view)).filter((entry): entry is [string, string] => Boolean(entry[1]));
  expect(viewOf(new URLSearchParams(given))).toEqual(view);
});

test('an address with nonsense in it is the usual view', () => {
  expect(viewOf(new URLSearchParams('phase=Happy,Ready&sort=-colour'))).toEqual({ ...DEFAULT_VIEW, phases: ['Ready'] });
});
