import { expect, test } from 'vitest';
import { mergeTheirs } from './merge-theirs.ts';

const base = { store: { title: 'Mugs', currency: 'EUR' }, size: 'small' };

test('takes what only they changed, keeps what we typed, and names both', () => {
  const text = '# Mine.\nstore:\n  title: Cups\n  currency: EUR\nsize: small\n';
  const theirs = { store: { title: 'Bowls', currency: 'USD' }, quota: { hard: { pods: '9' } } };
  expect(mergeTheirs(text, base, theirs)).toEqual({
    text: '# Mine.\nstore:\n  title: Cups\n  currency: USD\nquota:\n  hard:\n    pods: "9"\n',
    taken: [['quota', 'hard', 'pods'], ['size'], ['store', 'currency']],
    kept: [['store', 'title']],
  });
});

test('says nothing where both made the same change, or only we made one', () => {
  const text = 'store: {title: Cups, currency: EUR}\nsize: large\n';
  expect(mergeTheirs(text, base, { ...base, size: 'large' })).toEqual({ text, taken: [], kept: [] });
  expect(mergeTheirs(text, base, base)).toEqual({ text, taken: [], kept: [] });
});

test('leaves a text alone that can not be read', () => {
  expect(mergeTheirs('store: {', base, {})).toEqual({ text: 'store: {', taken: [], kept: [] });
});
