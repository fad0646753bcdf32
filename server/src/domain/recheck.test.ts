import { expect, test } from 'vitest';
import { assess } from './assess.ts';
import { plan } from './plan.ts';
import { recheckAt } from './recheck.ts';
import { toStatus } from './status.ts';
import type { StoreStatus } from './store.ts';
import type { Sighting, StoreRecord } from './store.ts';
import { readySituation, readyStore } from './testing.ts';

const AT = '2026-01-01T00:00:00.000Z';
const at = Date.parse(AT);
const MINUTE = 60_000;
const seen: Sighting = { reason: 'Orderable', message: 'Mug can be ordered.', at: AT };
const failing: Sighting = { reason: 'PageFails', message: "The shop doesn't work: / answers 500.", at: AT };

test.each<{ name: string; store: Partial<StoreRecord>; visitedAt?: number; next: number }>([
  { name: 'every five minutes', store: { sighting: seen }, next: at + 5 * MINUTE },
  { name: 'sooner after a failure', store: { sighting: { ...failing, failures: 1 } }, next: at + 20_000 },
  { name: 'never before its first success', store: {}, next: Infinity },
  { name: 'never while it is held', store: { sighting: seen, held: true }, next: Infinity },
  { name: 'never while it sleeps', store: { sighting: seen }, visitedAt: at - 1, next: Infinity },
  { name: 'after a customer visit', store: { sighting: seen }, visitedAt: at + 1, next: at + 5 * MINUTE },
])('a Ready store is checked again $name', ({ store, visitedAt = Infinity, next }) => {
  expect(recheckAt(readyStore(store), visitedAt)).toBe(next);
});

test('checks the shop of a Ready store once the check is due', () => {
  const planAt = (now: number): string => plan(assess(readySituation({ recheckAt: 1000, now }))).type;
  expect(planAt(999)).toBe('none');
  expect(planAt(1000)).toBe('verify');
});

test('marks a store Degraded on the second consecutive failure, with the reason', () => {
  const statusAfter = (failures: number): StoreStatus => {
    const store = readyStore({ sighting: { ...failing, failures } });
    return toStatus(assess(readySituation({ store, now: at })), undefined);
  };
  expect(statusAfter(1).phase).toBe('Ready');
  expect(statusAfter(2)).toMatchObject({ phase: 'Degraded', reason: 'PageFails', message: failing.message });
  const condition = statusAfter(2).conditions.find(({ type }) => type === 'StorefrontVerified');
  expect(condition).toMatchObject({ status: 'False', reason: 'PageFails' });
});
