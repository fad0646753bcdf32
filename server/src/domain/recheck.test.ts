import { expect, test } from 'vitest';
import { planAction } from './plan.ts';
import { recheckAt } from './recheck.ts';
import { statusOf } from './conditions.ts';
import type { Sighting, StoreRecord } from './store.ts';
import { BUDGETS, readyStore, readyView, WOOCOMMERCE } from './testing.ts';

const AT = '2026-01-01T00:00:00.000Z';
const at = Date.parse(AT);
const MINUTE = 60_000;
const seen: Sighting = { reason: 'Orderable', message: 'Mug can be ordered.', at: AT };
const failing: Sighting = { reason: 'PageFails', message: 'The shop does not work: / answers 500.', at: AT };

test.each<{ what: string; store: Partial<StoreRecord>; visitedAt?: number; next: number }>([
  { what: 'every five minutes', store: { sighting: seen }, next: at + 5 * MINUTE },
  { what: 'sooner after a failure', store: { sighting: { ...failing, failures: 1 } }, next: at + 20_000 },
  { what: 'never before its first success', store: {}, next: Infinity },
  { what: 'never while it is held', store: { sighting: seen, held: true }, next: Infinity },
  { what: 'never while it sleeps', store: { sighting: seen }, visitedAt: at - 1, next: Infinity },
  { what: 'after a customer visit', store: { sighting: seen }, visitedAt: at + 1, next: at + 5 * MINUTE },
])('a Ready store is checked again $what', ({ store, visitedAt = Infinity, next }) => {
  expect(recheckAt(readyStore(store), visitedAt)).toBe(next);
});

test('checks the shop of a Ready store once the check is due', () => {
  const situation = {
    engine: WOOCOMMERCE,
    view: readyView(),
    invalidValues: undefined,
    notBefore: 0,
    repairNotBefore: () => 0,
    recheckAt: 1000,
  };
  expect(planAction({ ...situation, store: readyStore(), now: 999 }).type).toBe('none');
  expect(planAction({ ...situation, store: readyStore(), now: 1000 }).type).toBe('verify');
});

test('marks a store Degraded on the second consecutive failure, with the reason', () => {
  const statusAfter = (failures: number): ReturnType<typeof statusOf> =>
    statusOf({
      store: readyStore({ sighting: { ...failing, failures } }),
      engine: WOOCOMMERCE,
      view: readyView(),
      diagnosis: undefined,
      drift: undefined,
      budgets: BUDGETS,
      busy: false,
      now: AT,
    });
  expect(statusAfter(1).phase).toBe('Ready');
  expect(statusAfter(2)).toMatchObject({ phase: 'Degraded', reason: 'PageFails', message: failing.message });
  const condition = statusAfter(2).conditions.find(({ type }) => type === 'StorefrontVerified');
  expect(condition).toMatchObject({ status: 'False', reason: 'PageFails' });
});
