import { issueAt } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { issueOf, issuesElsewhere, settingFor, toProblems } from './issues.ts';

const shown = [{ path: ['store', 'title'], label: 'Shop name', hint: 'H', group: 'Shop' }];
const issues = [
  issueAt(['values', 'store', 'title'], 'must be text'),
  issueAt(['values', 'store', 'titel'], 'unknown value. Did you mean `title`?'),
  issueAt(['labels', 'team'], 'use letters'),
];

test('shows an issue as a sentence at its field, and lists those without a field', () => {
  expect(issueOf(issues, ['store', 'title'])).toBe('Must be text.');
  expect(issueOf(issues, ['store', 'titel'])).toBe('Unknown value. Did you mean `title`?');
  expect(issueOf(issues, ['size'])).toBeUndefined();
  const twice = ['must have at most 3 characters', 'must be three letters'].map((text) =>
    issueAt(['values', 'a'], text),
  );
  expect(issueOf(twice, ['a'])).toBe('Must be three letters.');
  expect(issueOf(twice.slice(0, 1), ['a'])).toBe('Must have at most 3 characters.');
  expect(issuesElsewhere(issues, shown).map(({ field }) => field)).toEqual(['values.store.titel']);
});

test('shows issues at the lines where the values are written', () => {
  const text = 'store:\n  titel: Mugs\n';
  expect(toProblems(issues, text)).toEqual([
    { message: 'store.title: must be text', from: 0, to: 5 },
    { message: 'store.titel: unknown value. Did you mean `title`?', from: 9, to: 20 },
  ]);
  expect(toProblems([issueAt(['values', 'size'], 'x')], text)).toEqual([{ message: 'size: x', from: 0, to: 0 }]);
});

const schema = {
  properties: {
    woocommerce: { properties: { url: { type: 'string', description: 'Source of its zip' } } },
    quota: { properties: { hard: { type: 'object' } } },
    policy: { enum: ['Always', 'Never'] },
  },
};

test.each([
  { path: ['woocommerce', 'url'], hint: 'Source of its zip.' },
  { path: ['policy'], hint: 'A value of the chart.' },
  { path: ['quota', 'hard'], hint: undefined },
  { path: ['quota', 'unknown'], hint: undefined },
  { path: [], hint: undefined },
])('makes a field of $path: $hint', ({ path, hint }) => {
  expect(settingFor(schema, path)?.hint).toBe(hint);
});
