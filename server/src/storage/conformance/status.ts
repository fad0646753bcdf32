/** What reconcilers record, and that it leaves the spec alone. */
import { describe, expect, test } from 'vitest';
import type { SpecWrites } from '../storage.ts';
import { AT, audited, create, type Fixture, FULL_STATUS, ID, record } from './fixtures.ts';

const DELETED = { at: AT, kind: 'action', actor: 'reconciler', what: 'deleted', message: 'it is gone' } as const;

export function describeStatus(fixture: Fixture): void {
  const find = (): ReturnType<typeof fixture.storage.stores.find> => fixture.storage.stores.find(ID);

  describe('status', () => {
    test('a whole status is read as it was recorded, and the spec stays', async () => {
      const before = await create(fixture);
      const store = await record(fixture, FULL_STATUS);
      expect(store).toEqual({ ...before, ...FULL_STATUS });
      expect(await find()).toEqual(store);
    });

    test('a status replaces the one before, also where it says nothing', async () => {
      const before = await create(fixture);
      await record(fixture, FULL_STATUS);
      const { phase, conditions, observedGeneration, verifiedRevision } = before;
      const { reason, message, problem, readyAt, inventory, sighting, attempt } = before;
      const { attention, restarted, versions } = before;
      const rest = { reason, message, problem, readyAt, inventory, sighting, attempt, attention, restarted, versions };
      await record(fixture, { phase, conditions, observedGeneration, verifiedRevision, ...rest });
      expect(await find()).toEqual(before);
    });

    test('a status and its entries are rolled back together', async () => {
      const before = await create(fixture);
      const entry = { ...DELETED, kind: 'phase', what: 'Degraded' } as const;
      const failing = fixture.storage.recorded(async (writes) => {
        await writes.update(before, FULL_STATUS, [entry]);
        throw new Error('the disk is full');
      });
      await expect(failing).rejects.toThrow('the disk is full');
      expect(await find()).toEqual(before);
      expect((await fixture.storage.history.ofStore(ID)).map(({ what }) => what)).toEqual(['create', 'Queued']);
    });

    test('nothing is recorded for a store that is gone', async () => {
      expect(await record(fixture, FULL_STATUS, [DELETED])).toBeUndefined();
      expect(await fixture.storage.history.ofStore(ID)).toEqual([]);
    });

    test.each<[string, (writes: SpecWrites) => Promise<unknown>]>([
      ['an update', (writes) => writes.replaceValues(ID, {})],
      ['a retry', (writes) => writes.requestRetry(ID)],
      ['a deletion', (writes) => writes.requestDeletion(ID)],
    ])('a status that was observed before %s is not written', async (_title, change) => {
      const observed = await create(fixture);
      await audited(fixture, change);
      const before = await find();
      const history = await fixture.storage.history.ofStore(ID);
      const late = fixture.storage.recorded((writes) => writes.update(observed, FULL_STATUS, [DELETED]));
      expect(await late).toBeUndefined();
      expect(await find()).toEqual(before);
      expect(await fixture.storage.history.ofStore(ID)).toEqual(history);
    });

    test('a status leaves the spec as it is', async () => {
      await create(fixture);
      await audited(fixture, (writes) => writes.replaceValues(ID, { size: 'l' }));
      await audited(fixture, (writes) => writes.requestDeletion(ID));
      await audited(fixture, (writes) => writes.forceFinalizers(ID));
      const spec = { generation: 2, values: { size: 'l' }, desired: 'absent', forced: true };
      expect(await record(fixture, FULL_STATUS)).toMatchObject(spec);
    });

    test('a record is deleted, and its history stays', async () => {
      await create(fixture);
      await fixture.storage.recorded((writes) => writes.deleteRecord(ID, DELETED));
      expect(await find()).toBeUndefined();
      const history = await fixture.storage.history.ofStore(ID);
      expect(history.map(({ what }) => what)).toEqual(['create', 'Queued', 'deleted']);
      await create(fixture, { id: 'st_2' });
    });
  });
}
