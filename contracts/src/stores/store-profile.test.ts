import { expect, test } from 'vitest';
import { createStoreSchema } from './store.ts';
import { parseProfile } from './store-profile.ts';

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
  { name: 'a line break', labels: { team: 'shops\nkind: Secret' }, path: ['labels', 'team'] },
  { name: 'a value that is too long', labels: { team: 'x'.repeat(64) }, path: ['labels', 'team'] },
  { name: 'a key with spaces', labels: { 'the team': 'shops' }, path: ['labels', 'the team'] },
  {
    name: 'too many labels',
    labels: Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`l${index}`, 'x'])),
    path: ['labels'],
  },
])('refuses by field: $name', ({ labels, path }) => {
  const refused = createStoreSchema.safeParse({ name: 'alpha', labels });
  expect(refused.error?.issues[0]?.path).toEqual(path);
});
