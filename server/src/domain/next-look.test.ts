import { describe, expect, test } from 'vitest';
import { assess } from './assess.ts';
import { nextLook } from './next-look.ts';
import { type Action, plan } from './plan.ts';
import type { Situation } from './situation.ts';
import { toStatus } from './status.ts';
import { EMPTY_VIEW, readySituation, readyStore, withUnready } from './testing.ts';

const AT = '2026-02-02T00:00:00.000Z';
const now = Date.parse(AT);
const deployed = { reason: 'Deployed', message: '', lastTransitionTime: '2026-02-01T00:00:00.000Z' };
/** Its objects have had time to exist. */
const settled = [{ ...deployed, type: 'ReleaseDeployed', status: 'True' } as const];

function lookFor(change: Partial<Situation>, action?: Action): number | undefined {
  const assessment = assess(readySituation({ now, ...change }));
  return nextLook(assessment, action ?? plan(assessment), toStatus(assessment, undefined));
}

describe('the next look', () => {
  test.each<{ name: string; change: Partial<Situation>; action?: Action; after: number | undefined }>([
    { name: 'nothing changes by itself', change: { store: readyStore({ conditions: settled }) }, after: undefined },
    { name: 'the objects of a new release must exist by then', change: {}, after: 5000 },
    {
      name: 'its current step exceeds its budget',
      change: { store: readyStore({ conditions: settled, verifiedRevision: 0 }), view: withUnready('mariadb') },
      after: 300_000,
    },
    {
      name: 'its shop is checked again, whether or not a customer comes',
      change: {
        store: readyStore({ conditions: settled, sighting: { reason: 'Orderable', message: '', at: AT } }),
        recheckAt: Infinity,
      },
      after: 300_000,
    },
    { name: 'a backoff ends', change: { view: EMPTY_VIEW, notBefore: now + 700 }, after: 700 },
    { name: 'its attention changes by itself', change: { view: EMPTY_VIEW }, after: 30_000 },
    {
      name: 'a time that has passed does not count',
      change: {},
      action: { type: 'wait', until: now - 1 },
      after: undefined,
    },
  ])('$name', ({ change, action, after }) => {
    expect(lookFor(change, action)).toBe(after === undefined ? undefined : now + after);
  });
});
