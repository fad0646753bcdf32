import { expect, test } from 'vitest';
import { placeIssues } from './issues.ts';

test('puts each issue at its field, at its line of the YAML, or below the form', () => {
  const findLine = (path: string): number | undefined => (path.startsWith('wordpress') ? 3 : undefined);
  const issues = [
    { path: 'name', message: 'use at least 2 characters' },
    { path: 'labels.team', message: 'use letters' },
    { path: 'values.store.title', message: 'too long' },
    { path: 'values.size', message: 'choose another' },
    { path: 'values.wordpress.imagee', message: 'unknown' },
    { path: 'values.quota', message: 'must be object' },
    { path: 'engine', message: 'choose one' },
  ];
  expect(placeIssues(issues, findLine)).toEqual([
    { field: 'name', message: 'use at least 2 characters' },
    { field: 'labels', message: 'team: use letters' },
    { field: 'title', message: 'too long' },
    { field: 'size', message: 'choose another' },
    { field: 'form', message: 'quota: must be object' },
    { field: 'form', message: 'engine: choose one' },
    { field: 'yaml', line: 3, message: 'wordpress.imagee: unknown' },
  ]);
});

test('puts an issue at the YAML rather than at the field, if the value is written there', () => {
  const [issue] = placeIssues([{ path: 'values.store.currency', message: 'no' }], () => 2);
  expect(issue).toEqual({ field: 'yaml', line: 2, message: 'store.currency: no' });
});
