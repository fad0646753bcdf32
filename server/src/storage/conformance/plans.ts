/** Plans: kept until they expire, whatever happens to their store. */
import { describe, expect, test } from 'vitest';
import type { KeptPlan } from '../storage.ts';
import { AT, type Fixture, ID } from './fixtures.ts';

const LATER = '2026-01-01T12:10:00.000Z';
const JUST_BEFORE = '2026-01-01T12:09:59.999Z';

function plan(change: Partial<KeptPlan> = {}): KeptPlan {
  const input = { id: ID, values: { size: 'medium' }, labels: { team: 'shops' } };
  return { id: 'pl_1', input, generation: 3, refused: undefined, actor: 'ann', expiresAt: LATER, ...change };
}

export function describePlans(fixture: Fixture): void {
  describe('plans', () => {
    test('a plan is found as it was kept, until it expires', async () => {
      const { plans } = fixture.storage;
      await plans.keep(plan(), new Date(AT));
      await plans.keep(plan({ id: 'pl_2', refused: 'the cluster refuses it' }), new Date(AT));
      expect(await plans.find('pl_1', new Date(JUST_BEFORE))).toEqual(plan());
      expect(await plans.find('pl_2', new Date(AT))).toMatchObject({ refused: 'the cluster refuses it' });
      expect(await plans.find('pl_1', new Date(LATER))).toBeUndefined();
      expect(await plans.find('pl_3', new Date(AT))).toBeUndefined();
    });

    test('keeping one forgets those that have expired', async () => {
      const { plans } = fixture.storage;
      await plans.keep(plan(), new Date(AT));
      await plans.keep(plan({ id: 'pl_2', expiresAt: '2026-01-01T12:20:00.000Z' }), new Date(LATER));
      // A clock that went back would find it, were it still there.
      expect(await plans.find('pl_1', new Date(AT))).toBeUndefined();
      expect(await plans.find('pl_2', new Date(LATER))).toBeDefined();
    });

    test.each([
      { when: 'a minute after another', apartMs: 60_000 },
      { when: 'at the same moment', apartMs: 0 },
    ])('the latest two hundred are kept, whoever made them, when they are made $when', async ({ apartMs }) => {
      const { plans } = fixture.storage;
      const at = (number: number): string => new Date(Date.parse(LATER) + number * apartMs).toISOString();
      for (let number = 0; number <= 200; number++)
        // Ids are random, so they don't tell the order.
        await plans.keep(
          plan({ id: `pl_${number}`, actor: number % 2 ? 'ann' : 'bob', expiresAt: at(number) }),
          new Date(AT),
        );
      expect(await plans.find('pl_0', new Date(AT))).toBeUndefined();
      expect(await plans.find('pl_1', new Date(AT))).toBeDefined();
      expect(await plans.find('pl_200', new Date(AT))).toBeDefined();
    });
  });
}
