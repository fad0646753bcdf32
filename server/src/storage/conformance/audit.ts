/** A change of a spec and its entry are one: neither is ever there without the other. */
import { describe, expect, test } from 'vitest';
import type { SpecWrites, StatusWrites, Storage, StoreReads } from '../storage.ts';
import { AT, audited, callsOf, create, type Fixture, foundSpec, ID, newStore, waitingChange } from './fixtures.ts';

type Write = Exclude<keyof SpecWrites, keyof StoreReads | 'findCreated' | 'teams'>;
type Change = (writes: SpecWrites) => Promise<unknown>;

const waits: Change = (writes) => writes.keepWaiting(ID, waitingChange());

/** Every write, and what has to happen before it is accepted. A new one doesn't compile without its line. */
const WRITES: Record<Write, { before: Change[]; change: Change }> = {
  create: { before: [], change: (writes) => writes.create(newStore({ id: 'st_2', name: 'beta' }), '{}') },
  replaceValues: { before: [], change: (writes) => writes.replaceValues(ID, {}) },
  rollBack: { before: [], change: (writes) => writes.rollBack(ID, {}, { to: 1 }) },
  replaceProfile: { before: [], change: (writes) => writes.replaceProfile(ID, {}) },
  keepWaiting: { before: [], change: (writes) => writes.keepWaiting(ID, waitingChange()) },
  startWaiting: { before: [waits], change: (writes) => writes.startWaiting(ID) },
  endWaiting: { before: [waits], change: (writes) => writes.endWaiting(ID) },
  postpone: { before: [waits], change: (writes) => writes.postpone(ID, { notBefore: AT, tz: 'Etc/UTC' }) },
  requestDeletion: { before: [], change: (writes) => writes.requestDeletion(ID) },
  requestRetry: { before: [], change: (writes) => writes.requestRetry(ID) },
  requestRestart: { before: [], change: (writes) => writes.requestRestart(ID, 'front') },
  suspend: { before: [], change: (writes) => writes.suspend(ID) },
  resume: { before: [(writes) => writes.suspend(ID)], change: (writes) => writes.resume(ID) },
  retryDeletion: { before: [(writes) => writes.requestDeletion(ID)], change: (writes) => writes.retryDeletion(ID) },
  forceFinalizers: { before: [(writes) => writes.requestDeletion(ID)], change: (writes) => writes.forceFinalizers(ID) },
  adopt: { before: [], change: (writes) => writes.adopt(foundSpec()) },
  revealLogin: { before: [], change: (writes) => writes.revealLogin(ID) },
};

export function describeAudit(fixture: Fixture): void {
  describe('audit', () => {
    test.each(Object.entries(WRITES))('%s leaves exactly one entry', async (_name, { before, change }) => {
      await create(fixture);
      for (const step of before) await audited(fixture, step);
      await audited(fixture, change, { user: 'bob', action: 'stores.retry', detail: 'because', at: AT });
      const { stores, history } = fixture.storage;
      const all = await Promise.all((await stores.list()).map(({ id }) => history.ofStore(id)));
      const calls = all.flat().filter(({ kind, actor }) => kind === 'call' && actor === 'bob');
      expect(calls).toEqual([
        {
          seq: expect.any(Number),
          at: AT,
          kind: 'call',
          actor: 'bob',
          what: 'retry',
          message: expect.stringMatching(/^because/),
        },
      ]);
      const trail = await fixture.storage.audit.list({ actor: 'bob', limit: 100 });
      expect(trail).toMatchObject([{ at: AT, action: 'stores.retry', outcome: 'ok', by: 'server', via: 'rest' }]);
      expect(trail[0]?.detail).toBe(calls[0]?.message);
    });

    test('a change and its entry are rolled back together', async () => {
      await create(fixture);
      const failing = audited(fixture, async (writes) => {
        await writes.replaceValues(ID, { size: 'l' });
        throw new Error('the disk is full');
      });
      await expect(failing).rejects.toThrow('the disk is full');
      expect(await fixture.storage.stores.find(ID)).toMatchObject({ generation: 1, values: newStore().values });
      expect(await callsOf(fixture)).toEqual(['create by ann']);
      expect(await fixture.storage.audit.list({ limit: 100 })).toHaveLength(1);
    });

    test('a change that finds nothing to do leaves no entry', async () => {
      await create(fixture);
      await audited(fixture, (writes) => writes.find(ID));
      expect(await audited(fixture, (writes) => writes.requestRetry('st_missing'))).toBeUndefined();
      expect(await callsOf(fixture)).toEqual(['create by ann']);
      expect(await callsOf(fixture, 'st_missing')).toEqual([]);
    });

    test.each<[string, Change]>([
      ['a second deletion', (writes) => writes.requestDeletion(ID)],
      ['a retry of what is being deleted', (writes) => writes.requestRetry(ID)],
      ['an update of what is being deleted', (writes) => writes.replaceValues(ID, {})],
      ['a change that waits, of what is being deleted', waits],
      ['other labels of what is being deleted', (writes) => writes.replaceProfile(ID, {})],
      ['a restart of what is being deleted', (writes) => writes.requestRestart(ID, 'front')],
      ['a suspension of what is being deleted', (writes) => writes.suspend(ID)],
      ['a resume of what is being deleted', (writes) => writes.resume(ID)],
    ])('%s changes nothing and is not in the history', async (_title, change) => {
      await create(fixture);
      const before = await audited(fixture, (writes) => writes.requestDeletion(ID), { action: 'stores.remove' });
      expect(await audited(fixture, change)).toBeUndefined();
      expect(await fixture.storage.stores.find(ID)).toEqual(before);
      expect(await callsOf(fixture)).toEqual(['create by ann', 'delete by ann']);
    });

    test.each<[string, Change]>([
      ['force', (writes) => writes.forceFinalizers(ID)],
      ['a retry of a deletion', (writes) => writes.retryDeletion(ID)],
      ['a resume of what runs', (writes) => writes.resume(ID)],
      ['a start where nothing waits', (writes) => writes.startWaiting(ID)],
      ['an end where nothing waits', (writes) => writes.endWaiting(ID)],
      ['another opening where nothing waits', (writes) => writes.postpone(ID, { notBefore: AT, tz: 'Etc/UTC' })],
    ])('%s before the deletion changes nothing and is not in the history', async (_title, change) => {
      const before = await create(fixture);
      expect(await audited(fixture, change)).toBeUndefined();
      expect(await fixture.storage.stores.find(ID)).toEqual(before);
      expect(await callsOf(fixture)).toEqual(['create by ann']);
    });

    test('changes at the same time are made one after the other, each with its entry', async () => {
      await create(fixture);
      const users = ['bob', 'eve', 'joe'];
      await Promise.all(users.map((user) => audited(fixture, (writes) => writes.requestRetry(ID), { user })));
      expect(await fixture.storage.stores.find(ID)).toMatchObject({ generation: 4 });
      const calls = await callsOf(fixture);
      expect(calls.toSorted()).toEqual(['create by ann', ...users.map((user) => `update by ${user}`)].toSorted());
    });

    test('writes that outlive their change are refused', async () => {
      const before = await create(fixture);
      const specs = await audited(fixture, (writes) => Promise.resolve({ writes }));
      const status = await fixture.storage.recorded((writes) => Promise.resolve({ writes }));
      const entry = { at: AT, kind: 'action', actor: 'reconciler', what: 'deleted', message: '' } as const;
      await expect(specs.writes.requestDeletion(ID)).rejects.toBeInstanceOf(Error);
      await expect(specs.writes.revealLogin(ID)).rejects.toBeInstanceOf(Error);
      await expect(status.writes.deleteRecord(ID, entry)).rejects.toBeInstanceOf(Error);
      expect(await fixture.storage.stores.find(ID)).toEqual(before);
      expect(await callsOf(fixture)).toEqual(['create by ann']);
    });
  });
}

/** Checked by the compiler, not run: there is no way to change a store without its entry. */
void [
  // @ts-expect-error the storage itself changes nothing
  (storage: Storage): unknown => storage.requestDeletion(ID),
  // @ts-expect-error nor do its reads
  (storage: Storage): unknown => storage.stores.requestDeletion(ID),
  // @ts-expect-error nobody calls
  (storage: Storage): unknown => storage.audited((writes: SpecWrites) => writes.requestDeletion(ID)),
  // @ts-expect-error a reconciler has no way to a spec
  (writes: StatusWrites): unknown => writes.requestDeletion(ID),
  // @ts-expect-error a use case has no way to a status
  (writes: SpecWrites): unknown => writes.update(ID),
  // @ts-expect-error a change hands out no statements that write
  (writes: SpecWrites): unknown => writes.updateTable('stores'),
  // @ts-expect-error nor does the storage
  (storage: Storage): unknown => storage.deleteFrom('stores'),
];
