import { expect, test } from 'vitest';
import { createStoreSchema } from './store.ts';
import { isSameProfile, parseProfile } from './store-profile.ts';

test.each([
  { name: 'no profile', text: '{}', profile: {} },
  { name: 'labels', text: '{"labels": {"team": "shops"}}', profile: { labels: { team: 'shops' } } },
  { name: 'a field of a newer version', text: '{"labels": {"a": "b"}, "rank": 1}', profile: { labels: { a: 'b' } } },
  { name: 'labels that somebody edited', text: '{"labels": {"team": ["shops"]}}', profile: {} },
  { name: 'no object', text: '["labels"]', profile: {} },
  { name: 'no JSON', text: '{labels', profile: {} },
])('reads $name', ({ text, profile }) => {
  expect(parseProfile(text)).toEqual(profile);
});

test.each([
  {
    name: 'a label with a line break',
    profile: { labels: { team: 'shops\nkind: Secret' } },
    path: ['labels', 'team'],
  },
  { name: 'a label that is too long', profile: { labels: { team: 'x'.repeat(64) } }, path: ['labels', 'team'] },
  { name: 'a label whose key has spaces', profile: { labels: { 'the team': 'shops' } }, path: ['labels', 'the team'] },
  {
    name: 'too many labels',
    profile: { labels: Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`l${index}`, 'x'])) },
    path: ['labels'],
  },
])('refuses by field: $name', ({ profile, path }) => {
  const refused = createStoreSchema.safeParse({ name: 'alpha', ...profile });
  expect(refused.error?.issues[0]?.path).toEqual(path);
});

test.each([
  { name: 'nothing', one: {}, other: {}, same: true },
  { name: 'another order', one: { labels: { a: '1', b: '2' } }, other: { labels: { b: '2', a: '1' } }, same: true },
  { name: 'another value', one: { labels: { a: '1' } }, other: { labels: { a: '2' } }, same: false },
  { name: 'no labels at all', one: { labels: {} }, other: {}, same: false },
])('compares profiles with $name', ({ one, other, same }) => {
  expect(isSameProfile(one, other)).toBe(same);
});
