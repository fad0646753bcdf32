/** A lost storage is filled once, with what the cluster knows. */
import { describe, expect, test } from 'vitest';
import type { FoundSpec, StoreRecord } from '../../domain/store.ts';
import { AT, callsOf, create, type Fixture, foundSpec, ID, newStore } from './fixtures.ts';

export function describeRestore(fixture: Fixture): void {
  const restore = (...found: FoundSpec[]): Promise<StoreRecord[]> => fixture.storage.restore(found, new Date(AT));

  describe('restore', () => {
    test('runs once in a storage’s life, even if it finds nothing', async () => {
      expect(await fixture.storage.needsRestore()).toBe(true);
      await create(fixture);
      expect(await fixture.storage.needsRestore()).toBe(true);
      await restore();
      expect(await fixture.storage.needsRestore()).toBe(false);
    });

    test('inserts what was found, with an entry of the reconciler', async () => {
      const held = { generation: 3, url: 'http://beta.former' };
      const stores = await restore(
        foundSpec({ desired: 'absent' }),
        foundSpec({
          id: 'st_2',
          name: 'beta',
          createdAt: '2026-01-01T13:00:00.000Z',
          held,
          chart: { version: '0.1.0' },
        }),
      );
      const seen = { generation: 3, sighting: { reason: 'FoundInCluster', message: '' } };
      expect(stores).toMatchObject([
        { ...newStore(), ...seen, phase: 'Deleting', desired: 'absent', held: false },
        {
          id: 'st_2',
          name: 'beta',
          ...seen,
          phase: 'Provisioning',
          held: true,
          url: 'http://beta.former',
          chart: { version: '0.1.0' },
        },
      ]);
      expect(await fixture.storage.stores.list()).toEqual(stores);
      expect(await callsOf(fixture)).toEqual([]);
      expect(await fixture.storage.history.ofStore(ID)).toMatchObject([
        { at: AT, kind: 'action', actor: 'reconciler', what: 'rebuilt' },
      ]);
    });

    test('leaves stores alone whose id or name is known', async () => {
      const ours = await create(fixture);
      const found = [foundSpec({ name: 'other' }), foundSpec({ id: 'st_2' }), foundSpec({ id: 'st_3', name: 'new' })];
      expect((await restore(...found)).map(({ id }) => id)).toEqual(['st_3']);
      expect(await fixture.storage.stores.find(ID)).toEqual(ours);
      expect(await fixture.storage.stores.list()).toHaveLength(2);
    });

    test('takes no other error for trouble of its own', () => {
      for (const error of [new Error('disk full'), { code: 'full' }, 'full', undefined])
        expect(fixture.storage.troubleOf(error)).toBeUndefined();
    });

    test('says whether something can be written', async () => {
      await expect(fixture.storage.assertWritable(new Date(AT))).resolves.toBeUndefined();
      await expect(fixture.storage.assertWritable(new Date(AT))).resolves.toBeUndefined();
    });
  });
}
