/** Idempotency keys: a repeated create finds the store of the first one. */
import { describe, expect, test } from 'vitest';
import type { StoreRecord } from '../../domain/store.ts';
import { type As, AT, audited, create, type Fixture, ID, newStore } from './fixtures.ts';

const NEXT_DAY = '2026-01-02T12:00:00.000Z';
const JUST_BEFORE = '2026-01-02T11:59:59.999Z';

export function describeKeys(fixture: Fixture): void {
  const find = async (as: As): Promise<string | undefined> =>
    (await audited(fixture, (writes) => writes.findCreated(), as))?.store.id;

  test('creates count for their team for an hour, also once the store is gone', async () => {
    const since = (at: string): Promise<string[]> =>
      audited(fixture, (writes) => writes.teams.creates('shops', new Date(at)));
    await create(fixture, { profile: { team: 'shops' } });
    await create(fixture, { id: 'st_2', name: 'beta', profile: {} });
    const gone = { at: AT, kind: 'action', actor: 'reconciler', what: 'gone', message: '' } as const;
    await fixture.storage.recorded((writes) => writes.deleteRecord(ID, gone));
    expect(await since('2026-01-01T11:59:59.999Z')).toEqual([AT]);
    expect(await since(AT)).toEqual([]);
    const later = '2026-01-01T13:00:00.000Z';
    await create(fixture, { id: 'st_3', name: 'gamma', profile: {} }, { at: later });
    expect(await since('2026-01-01T11:00:00.000Z')).toEqual([]);
    expect(await fixture.storage.people.teams.creates('default', new Date(AT))).toEqual([later]);
  });

  describe('idempotency keys', () => {
    test('a key belongs to its caller', async () => {
      await create(fixture, {}, { user: 'ann', key: 'k' });
      await create(fixture, { id: 'st_2', name: 'beta' }, { user: 'bob', key: 'k' });
      expect(await find({ user: 'ann', key: 'k' })).toBe(ID);
      expect(await find({ user: 'bob', key: 'k' })).toBe('st_2');
      expect(await find({ user: 'eve', key: 'k' })).toBeUndefined();
      expect(await find({ user: 'ann', key: 'other' })).toBeUndefined();
      expect(await find({ user: 'ann' })).toBeUndefined();
    });

    test('a key belongs to an account, not to whoever has the same name', async () => {
      await create(fixture, {}, { user: 'ci', userId: 'sa_1', key: 'k' });
      expect(await find({ user: 'renamed', userId: 'sa_1', key: 'k' })).toBe(ID);
      expect(await find({ user: 'ci', userId: 'us_2', key: 'k' })).toBeUndefined();
      expect(await find({ user: 'ci', key: 'k' })).toBeUndefined();
      expect(await find({ user: 'sa_1', key: 'k' })).toBeUndefined();
    });

    test('a key is kept with its request, and its store is found as it is now', async () => {
      const as = { key: 'k' };
      await audited(fixture, (writes) => writes.create(newStore(), '{"name":"alpha"}'), as);
      await audited(fixture, (writes) => writes.requestDeletion(ID));
      const found = await audited(fixture, (writes) => writes.findCreated(), as);
      expect(found).toMatchObject({ request: '{"name":"alpha"}', store: { id: ID, desired: 'absent' } });
    });

    test('a key is forgotten after a day, and may be used again', async () => {
      await create(fixture, {}, { key: 'k', at: AT });
      expect(await find({ key: 'k', at: JUST_BEFORE })).toBe(ID);
      expect(await find({ key: 'k', at: NEXT_DAY })).toBeUndefined();
      await create(fixture, { id: 'st_2', name: 'beta' }, { key: 'k', at: NEXT_DAY });
      expect(await find({ key: 'k', at: NEXT_DAY })).toBe('st_2');
    });

    test('a key that is taken creates no second store', async () => {
      await create(fixture, {}, { key: 'k' });
      await expect(create(fixture, { id: 'st_2', name: 'beta' }, { key: 'k' })).rejects.toBeInstanceOf(Error);
      expect((await fixture.storage.stores.list()).map(({ id }) => id)).toEqual([ID]);
      expect(await fixture.storage.history.ofStore('st_2')).toEqual([]);
    });

    test('a key ends with its store', async () => {
      await create(fixture, {}, { key: 'k' });
      const entry = { at: AT, kind: 'action', actor: 'reconciler', what: 'deleted', message: '' } as const;
      await fixture.storage.recorded((writes) => writes.deleteRecord(ID, entry));
      await create(fixture, {}, { key: 'k' });
      expect(await find({ key: 'k' })).toBe(ID);
    });

    test('of two creates at once under one key, the second finds the store of the first', async () => {
      const createOnce = (id: string): Promise<StoreRecord> =>
        audited(
          fixture,
          async (writes) => (await writes.findCreated())?.store ?? writes.create(newStore({ id, name: id }), '{}'),
          { key: 'k' },
        );
      const made = await Promise.all([createOnce('st_1'), createOnce('st_2')]);
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      expect(await fixture.storage.stores.list()).toHaveLength(1);
    });
  });
}
