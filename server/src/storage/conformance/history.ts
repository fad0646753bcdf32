/** The history, of one store and as the overview reads it. */
import { describe, expect, test } from 'vitest';
import type { NewEntry } from '../storage.ts';
import { AT, create, type Fixture, FULL_STATUS, ID, record } from './fixtures.ts';

const SINCE = '2026-01-02T00:00:00.000Z';
const LATER = '2026-01-02T01:00:00.000Z';
const LATEST = '2026-01-02T02:00:00.000Z';

function entry(kind: NewEntry['kind'], what: string, at: string): NewEntry {
  return { at, kind, actor: 'reconciler', what, message: '' };
}

export function describeHistory(fixture: Fixture): void {
  /** A second store's, unless `id` says otherwise. */
  const addOther = async (entries: readonly NewEntry[], id = 'st_2'): Promise<void> => {
    const store = await create(fixture, { id, name: id }, { at: AT });
    await fixture.storage.recorded((writes) => writes.update(store, FULL_STATUS, entries));
  };

  describe('history', () => {
    test('lists the entries of one store, oldest first, numbered in order', async () => {
      await create(fixture);
      await addOther([]);
      const entries = [
        entry('condition', 'DatabaseReady', AT),
        { ...entry('phase', 'Failed', AT), reason: 'CrashLoop' },
      ];
      await record(fixture, FULL_STATUS, entries);
      const history = await fixture.storage.history.ofStore(ID);
      expect(history).toEqual(
        [
          { at: AT, kind: 'call', actor: 'ann', what: 'create', message: '' },
          { at: AT, kind: 'phase', actor: 'ann', what: 'Queued', message: '' },
          ...entries,
        ].map((one) => ({ seq: expect.any(Number), ...one })),
      );
      const numbers = history.map(({ seq }) => seq);
      expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
    });

    test('shows the latest 500 entries of a store', async () => {
      await create(fixture);
      const entries = Array.from({ length: 500 }, (_, index) => entry('action', `a${index}`, AT));
      await record(fixture, FULL_STATUS, entries);
      const history = await fixture.storage.history.ofStore(ID);
      expect(history).toHaveLength(500);
      expect([history[0]?.what, history.at(-1)?.what]).toEqual(['a0', 'a499']);
    });

    test('lists changes of phases since a time, after the phase that each store was in then', async () => {
      await create(fixture);
      const ready = [entry('phase', 'Ready', AT), entry('condition', 'DatabaseReady', LATER)];
      await record(fixture, FULL_STATUS, [...ready, { ...entry('phase', 'Degraded', SINCE), reason: 'CrashLoop' }]);
      await addOther([entry('phase', 'Ready', AT), entry('action', 'deleted', AT)]);
      await addOther([entry('phase', 'Ready', LATEST), entry('action', 'deleted', LATEST)], 'st_3');
      expect(await fixture.storage.history.phaseChanges(SINCE)).toEqual([
        { storeId: ID, at: AT, phase: 'Ready', reason: null },
        { storeId: 'st_3', at: AT, phase: 'Queued', reason: null },
        { storeId: ID, at: SINCE, phase: 'Degraded', reason: 'CrashLoop' },
        { storeId: 'st_3', at: LATEST, phase: 'Ready', reason: null },
        { storeId: 'st_3', at: LATEST, phase: 'deleted', reason: null },
      ]);
    });

    test('lists when stores were Ready for the first time, and how long that took', async () => {
      await create(fixture);
      await record(fixture, FULL_STATUS, [entry('phase', 'Ready', LATER), entry('phase', 'Ready', LATEST)]);
      await addOther([entry('phase', 'Ready', AT), entry('phase', 'Ready', LATER)]);
      expect(await fixture.storage.history.firstReady(SINCE)).toEqual([{ storeId: ID, at: LATER, seconds: 13 * 3600 }]);
    });

    test('lists every time that a store came to need attention', async () => {
      await create(fixture);
      await record(fixture, FULL_STATUS, [
        { ...entry('attention', 'stuck', AT), reason: 'CrashLoop' },
        { ...entry('attention', 'broken', SINCE), reason: 'VolumeLost' },
        entry('attention', 'ok', LATER),
        entry('attention', 'stuck', LATEST),
        entry('phase', 'stuck', LATEST),
      ]);
      expect(await fixture.storage.history.attentionRaised(SINCE)).toEqual([
        { storeId: ID, reason: 'VolumeLost' },
        { storeId: ID, reason: null },
      ]);
    });

    test('tells what happened to all stores, newest first, those that are gone by name too', async () => {
      expect(await fixture.storage.history.begins()).toBeUndefined();
      await create(fixture);
      await addOther([
        entry('condition', 'DatabaseReady', SINCE),
        entry('phase', 'Ready', SINCE),
        { ...entry('attention', 'broken', LATER), reason: 'CrashLoop' },
        entry('attention', 'ok', LATER),
      ]);
      await fixture.storage.recorded((writes) => writes.deleteRecord('st_2', entry('action', 'deleted', LATEST)));
      const { history } = fixture.storage;
      const entries = (await history.activity({ limit: 9 })).map(({ what, store, gone, reason }) => [
        what,
        store,
        gone,
        reason,
      ]);
      expect(entries).toEqual([
        ['deleted', 'st_2', true, undefined],
        ['broken', 'st_2', true, 'CrashLoop'],
        ['Ready', 'st_2', true, undefined],
        ['create', 'st_2', true, undefined],
        ['create', 'alpha', undefined, undefined],
      ]);
      expect(await history.begins()).toBe(AT);
      expect(await history.activity({ limit: 1 })).toHaveLength(1);
      expect(await history.activity({ limit: 9, raised: { reason: 'CrashLoop', since: LATER } })).toHaveLength(1);
      expect(await history.activity({ limit: 9, raised: { reason: 'CrashLoop', since: LATEST } })).toEqual([]);
      expect(await history.activity({ limit: 9, raised: { reason: 'OutOfMemory', since: AT } })).toEqual([]);
    });
  });
}
