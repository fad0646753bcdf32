import { issueAt } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { changeDraft, changesOf, type Draft, type DraftAction, isChanged, labelsOver, newDraft } from './draft.ts';

const BASE = { generation: 3, own: { store: { title: 'Mugs' } } };
const LABELS = { team: 'shops' };
const draft = newDraft(BASE, LABELS);
const after = (...actions: DraftAction[]): Draft => actions.reduce(changeDraft, draft);

test('begins without changes', () => {
  expect(isChanged(draft)).toBe(false);
  expect(changesOf(draft)).toEqual({ values: [], labels: [] });
});

test.each<{ name: string; actions: DraftAction[]; changed: boolean }>([
  { name: 'another value', actions: [{ type: 'set', path: ['size'], value: 'large' }], changed: true },
  {
    name: 'a value, and back',
    actions: [
      { type: 'set', path: ['size'], value: 'large' },
      { type: 'set', path: ['size'], value: undefined },
    ],
    changed: false,
  },
  { name: 'a comment alone', actions: [{ type: 'typed', text: '# x\nstore: {title: Mugs}' }], changed: false },
  { name: 'text that can not be read', actions: [{ type: 'typed', text: 'store: {' }], changed: true },
  { name: 'another label', actions: [{ type: 'labelled', labels: [['team', 'ops']] }], changed: true },
  { name: 'an empty label row', actions: [{ type: 'labelled', labels: [['team', 'shops'], ['', '']] }], changed: false },
])('$name: changed is $changed', ({ actions, changed }) => {
  expect(isChanged(after(...actions))).toBe(changed);
}); // prettier-ignore

test('a field that is changed loses its issue, the others keep theirs', () => {
  const issues = [issueAt(['values', 'size'], 'a'), issueAt(['values', 'store', 'title'], 'b')];
  const next = after({ type: 'refused', issues }, { type: 'set', path: ['size'], value: 'large' });
  expect(next.issues.map(({ field }) => field)).toEqual(['values.store.title']);
});

test("takes others' values without a word while nothing is edited", () => {
  const next = after({ type: 'theirs', base: { generation: 4, own: { size: 'large' } } });
  expect(next).toMatchObject({ base: { generation: 4 }, text: 'size: large\n', merged: undefined });
  expect(isChanged(next)).toBe(false);
});

test("keeps what was typed when others change the store, and says what was taken and what wasn't", () => {
  const next = after(
    { type: 'set', path: ['store', 'title'], value: 'Cups' },
    { type: 'theirs', base: { generation: 4, own: { store: { title: 'Bowls' }, size: 'large' } } },
  );
  expect(next).toMatchObject({
    base: { generation: 4 },
    text: 'store:\n  title: Cups\nsize: large\n',
    merged: { taken: [['size']], kept: [['store', 'title']] },
  });
  expect(changesOf(next).values).toEqual([{ path: ['store', 'title'], before: 'Bowls', after: 'Cups' }]);
});

test('labels that others set meanwhile stay, and those that were changed here win', () => {
  const mine = newDraft(BASE, { team: 'shops', old: 'yes', same: 'a' });
  const labels: [string, string][] = [['team', 'ops'], ['same', 'a']]; // prettier-ignore
  const theirs = { team: 'sales', old: 'yes', same: 'b', env: 'prod' };
  expect(labelsOver(theirs, changeDraft(mine, { type: 'labelled', labels }))).toEqual({
    team: 'ops',
    same: 'b',
    env: 'prod',
  });
});
