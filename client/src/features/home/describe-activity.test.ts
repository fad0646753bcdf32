import type { ActivityEntry } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { describeActivity } from './describe-activity.ts';

const base = { seq: 1, at: '2026-01-01T00:00:00Z', storeId: 'st_1', store: 'alpha' };
const words = (entry: Pick<ActivityEntry, 'kind' | 'actor' | 'what'> & { reason?: string }): string => {
  const { before, after } = describeActivity({ ...base, ...entry });
  return [before, 'alpha', after].filter(Boolean).join(' ');
};

test.each([
  { entry: { kind: 'call', actor: 'ann', what: 'create' }, text: 'ann created alpha' },
  { entry: { kind: 'call', actor: 'ann', what: 'delete' }, text: 'ann requested the deletion of alpha' },
  { entry: { kind: 'call', actor: 'ann', what: 'dance' }, text: 'ann called dance on alpha' },
  { entry: { kind: 'phase', actor: 'reconciler', what: 'Ready' }, text: 'alpha became ready' },
  {
    entry: { kind: 'attention', actor: 'reconciler', what: 'broken', reason: 'CrashLoop' },
    text: 'alpha broke: Keeps crashing',
  },
  { entry: { kind: 'attention', actor: 'reconciler', what: 'stuck' }, text: 'alpha got stuck' },
  { entry: { kind: 'action', actor: 'reconciler', what: 'deleted' }, text: 'alpha was deleted, with all its data' },
] as const)('says "$text"', ({ entry, text }) => {
  expect(words(entry)).toBe(text);
});
