import type { Condition } from '@shopyard/contracts';
import { describe, expect, test } from 'vitest';
import { assess } from './assess.ts';
import type { StoreObservation } from './observation.ts';
import type { Problem, StoreRecord } from './store.ts';
import { readySituation, readyStore, readyView, withUnready } from './testing.ts';

const NOW = '2026-02-02T00:00:00.000Z';
const view = readyView();
const fresh: Partial<StoreRecord> = { phase: 'Queued', verifiedRevision: 0, readyAt: undefined };
const problem: Problem = { reason: 'NoCashOnDelivery', message: 'helm said no', terminal: false, generation: 1 };

function conditionsOf(store: Partial<StoreRecord>, seen: StoreObservation, at = NOW): Condition[] {
  return assess(readySituation({ store: readyStore(store), view: seen, now: Date.parse(at) })).conditions;
}

interface Case {
  name: string;
  store: Partial<StoreRecord>;
  view?: StoreObservation;
  status: 'True' | 'False';
  reason: string;
  message?: string;
}

describe('conditions', () => {
  test.each<Case>([
    { name: 'not checked yet', store: fresh, status: 'False', reason: 'NotVerified' },
    {
      name: 'checked, and lacking',
      store: { ...fresh, problem },
      status: 'False',
      reason: 'NoCashOnDelivery',
      message: problem.message,
    },
    {
      name: 'checked and lacking, in an older generation',
      store: { ...fresh, problem: { ...problem, generation: 0 } },
      status: 'False',
      reason: 'NotVerified',
    },
    { name: 'nothing to check', store: {}, view: withUnready('wordpress'), status: 'False', reason: 'NotRunning' },
    { name: 'all well', store: {}, status: 'True', reason: 'Orderable' },
    {
      name: 'checked, and its merchant sells nothing today',
      store: { sighting: { reason: 'NothingToBuy', message: 'Nothing.' } },
      status: 'True',
      reason: 'NothingToBuy',
      message: 'Nothing.',
    },
  ])(
    'the StorefrontVerified condition carries a reason: $name',
    ({ store, view: seen = view, status, reason, message = '' }) => {
      const condition = conditionsOf(store, seen).find(({ type }) => type === 'StorefrontVerified');
      expect(condition).toEqual({ type: 'StorefrontVerified', status, reason, message, lastTransitionTime: NOW });
    },
  );

  test('a condition keeps its transition time until its status changes', () => {
    const conditions = conditionsOf({}, view, '2026-01-01T00:00:00.000Z');
    const later = conditionsOf({ conditions }, withUnready('mariadb'));
    const times = Object.fromEntries(
      later.map(({ type, status, lastTransitionTime }) => [type, [status, lastTransitionTime]]),
    );
    expect(times['NamespaceReady']).toEqual(['True', '2026-01-01T00:00:00.000Z']);
    expect(times['DatabaseReady']).toEqual(['False', NOW]);
    expect(times['StorefrontVerified']).toEqual(['False', NOW]);
  });
});
