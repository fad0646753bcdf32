/** Every generation's values: who started it and why, and what became of it. */
import { describe, expect, test } from 'vitest';
import type { Revision, RevisionVerdict } from '../../domain/revision.ts';
import type { SpecWrites } from '../storage.ts';
import { type As, AT, audited, create, type Fixture, foundSpec, ID, newStore, VALUES } from './fixtures.ts';

const LATER = '2026-01-02T00:00:00.000Z';
const VERIFIED: RevisionVerdict = {
  outcome: 'verified',
  at: LATER,
  helmRevision: 3,
  chartVersion: '0.1.0',
  versions: { front: '2.1' },
  closedSeconds: 22,
};

export function describeRevisions(fixture: Fixture): void {
  const list = (limit = 100, before?: number): Promise<Revision[]> =>
    fixture.storage.revisions.list(ID, { limit, before });
  const generations = async (): Promise<number[]> => (await list()).map(({ generation }) => generation);
  const outcomes = async (): Promise<unknown[]> => (await list()).map(({ outcome }) => outcome);
  const update = (size: string, as?: As): Promise<unknown> =>
    audited(fixture, (writes) => writes.replaceValues(ID, { size }), as);
  const conclude = (verdict: RevisionVerdict): Promise<void> =>
    fixture.storage.recorded((writes) => writes.concludeRevision(ID, verdict));
  const failed = { outcome: 'failed', at: LATER } as const;

  describe('revisions', () => {
    test('a store begins with one, and each change of its values starts one, with who, when and why', async () => {
      await create(fixture);
      await update('l', { user: 'bob', at: LATER, reason: 'more orders' });
      const first = { generation: 1, values: VALUES, actor: 'ann', at: AT, outcome: 'superseded' };
      const second = { generation: 2, values: { size: 'l' }, actor: 'bob', at: LATER, reason: 'more orders' };
      expect(await list()).toEqual([second, first]);
      expect(await fixture.storage.revisions.find(ID, 1)).toEqual(first);
      expect(await fixture.storage.revisions.find(ID, 3)).toBeUndefined();
      expect(await fixture.storage.revisions.find('st_2', 1)).toBeUndefined();
      const [, , entry] = await fixture.storage.history.ofStore(ID);
      expect(entry).toMatchObject({ actor: 'bob', message: 'reason: more orders' });
    });

    test.each<[string, (writes: SpecWrites) => Promise<unknown>]>([
      ['a retry', (writes) => writes.requestRetry(ID)],
      ['another profile', (writes) => writes.replaceProfile(ID, {})],
      ['a restart', (writes) => writes.requestRestart(ID, 'front')],
      ['a deletion', (writes) => writes.requestDeletion(ID)],
      ['an update that its caller abandons', (writes) => writes.replaceValues('st_missing', {})],
    ])('%s starts none, as the values stay', async (_title, change) => {
      await create(fixture);
      await audited(fixture, change);
      expect(await generations()).toEqual([1]);
    });

    test('a change and its revision are rolled back together', async () => {
      await create(fixture);
      const failing = audited(fixture, async (writes) => {
        await writes.replaceValues(ID, {});
        throw new Error('the disk is full');
      });
      await expect(failing).rejects.toThrow('the disk is full');
      expect(await generations()).toEqual([1]);
      expect(await outcomes()).toEqual([undefined]);
    });

    test('are read in pages, newest first', async () => {
      await create(fixture);
      for (const size of ['m', 'l', 's']) await update(size);
      expect((await list(2)).map(({ generation }) => generation)).toEqual([4, 3]);
      expect((await list(2, 3)).map(({ generation }) => generation)).toEqual([2, 1]);
      expect(await list(2, 1)).toEqual([]);
    });

    test('the newest one takes the verdict, also after a retry', async () => {
      await create(fixture);
      await conclude(VERIFIED);
      await update('l');
      await conclude(failed);
      await audited(fixture, (writes) => writes.requestRetry(ID));
      await conclude(VERIFIED);
      const { at: verifiedAt, ...facts } = VERIFIED;
      expect(await list()).toMatchObject([
        { generation: 2, ...facts, verifiedAt },
        { generation: 1, ...facts, verifiedAt },
      ]);
    });

    test('what was verified stays so, whatever happens to the shop later', async () => {
      await create(fixture);
      await conclude(VERIFIED);
      const before = await list();
      await conclude(failed);
      await conclude({ ...VERIFIED, at: '2026-02-01T00:00:00.000Z' });
      expect(await list()).toEqual(before);
    });

    test('a verdict and the status are rolled back together', async () => {
      await create(fixture);
      const failing = fixture.storage.recorded(async (writes) => {
        await writes.concludeRevision(ID, VERIFIED);
        throw new Error('the disk is full');
      });
      await expect(failing).rejects.toThrow('the disk is full');
      expect(await outcomes()).toEqual([undefined]);
    });

    test('a rollback is a new generation that leaves those since then behind; a failed one stays failed', async () => {
      await create(fixture);
      await conclude(VERIFIED);
      await update('l');
      await conclude(failed);
      await update('m');
      await conclude(VERIFIED);
      await update('s');
      const store = await audited(fixture, (writes) => writes.rollBack(ID, VALUES, { to: 1 }), {
        reason: 'orders fail',
      });
      expect(store).toMatchObject({ generation: 5, values: VALUES });
      expect(await outcomes()).toEqual([undefined, 'rolled_back', 'rolled_back', 'failed', 'verified']);
      expect(await fixture.storage.revisions.find(ID, 5)).toMatchObject({ rolledBackTo: 1, reason: 'orders fail' });
    });

    test('each has the chart that it was made with; a rollback takes that of its revision', async () => {
      const older = { version: '0.1.0', digest: '1'.repeat(64) };
      const newer = { version: '0.2.0', digest: '2'.repeat(64) };
      await audited(fixture, (writes) => writes.create(newStore({ chart: older }), '{}'));
      const updated = await audited(fixture, (writes) => writes.replaceValues(ID, VALUES, { chart: newer }));
      expect(updated?.chart).toEqual(newer);
      expect(await update('l')).toMatchObject({ chart: newer });
      const rolled = await audited(fixture, (writes) => writes.rollBack(ID, VALUES, { to: 1, chart: older }));
      expect(rolled?.chart).toEqual(older);
      expect((await list()).map(({ chartVersion, chartDigest }) => [chartVersion, chartDigest?.[0]])).toEqual([
        ['0.1.0', '1'],
        ['0.2.0', '2'],
        ['0.2.0', '2'],
        ['0.1.0', '1'],
      ]);
    });

    test('a chart that is found later is noted where none is known', async () => {
      await create(fixture);
      const found = { version: '0.1.0' };
      await fixture.storage.pinFound(new Map([[ID, found]]));
      await fixture.storage.pinFound(new Map([[ID, { version: '0.2.0' }]]));
      const store = await fixture.storage.stores.find(ID);
      expect(store).toMatchObject({ chart: found, generation: 1 });
    });

    test('a rollback of what is being deleted changes nothing', async () => {
      await create(fixture);
      await audited(fixture, (writes) => writes.requestDeletion(ID));
      expect(await audited(fixture, (writes) => writes.rollBack(ID, {}, { to: 1 }))).toBeUndefined();
      expect(await generations()).toEqual([1]);
    });

    test('an adopted store begins with what it was found with, in place of generations that were never its own', async () => {
      await create(fixture);
      for (const size of ['m', 'l', 's']) await update(size);
      await audited(fixture, (writes) => writes.adopt(foundSpec({ values: { size: 'found' } })), { user: 'bob' });
      expect(await generations()).toEqual([3, 2, 1]);
      expect(await fixture.storage.revisions.find(ID, 3)).toMatchObject({ values: { size: 'found' }, actor: 'bob' });
      await audited(fixture, (writes) => writes.adopt(foundSpec({ id: 'st_2', name: 'beta' })));
      expect(await fixture.storage.revisions.find('st_2', 3)).toMatchObject({ values: VALUES });
    });

    test('a lost storage has one of each store again, from its namespace', async () => {
      await fixture.storage.restore([foundSpec()], new Date(LATER));
      expect(await list()).toEqual([{ generation: 3, values: VALUES, actor: 'reconciler', at: LATER }]);
    });

    test('end with their store, as values may hold secrets', async () => {
      const entry = { at: AT, kind: 'action', actor: 'reconciler', what: 'deleted', message: '' } as const;
      await create(fixture);
      await create(fixture, { id: 'st_2', name: 'beta' });
      await fixture.storage.recorded((writes) => writes.deleteRecord(ID, entry));
      expect(await list()).toEqual([]);
      expect(await fixture.storage.revisions.list('st_2', { limit: 1 })).toHaveLength(1);
    });
  });
}
