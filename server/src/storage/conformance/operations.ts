/** What somebody asked for, from the call to its end: one that runs, one that waits, and those before. */
import { describe, expect, test } from 'vitest';
import type { NewChange } from '../../domain/operations.ts';
import type { KeptOperation, SpecWrites } from '../storage.ts';
import { type As, AT, audited, create, type Fixture, foundSpec, ID, VALUES, waitingChange } from './fixtures.ts';

const LATER = '2026-01-02T01:00:00.000Z';
type Change = (writes: SpecWrites) => Promise<unknown>;

export function describeOperations(fixture: Fixture): void {
  const list = (): Promise<KeptOperation[]> => fixture.storage.operations.list(ID);
  const states = async (): Promise<string[]> =>
    (await list()).map(({ kind, state, generation }) => `${kind} ${generation} ${state}`);
  const change = (made: Change, as?: As): Promise<unknown> => audited(fixture, made, as);
  const wait = (as?: As): Promise<unknown> => change((writes) => writes.keepWaiting(ID, waitingChange()), as);
  const find = () => fixture.storage.stores.find(ID);

  describe('operations', () => {
    test('a store begins without one', async () => {
      expect(await create(fixture)).toMatchObject({ running: undefined, waiting: undefined });
      expect(await list()).toEqual([]);
    });

    test.each<[string, Change[], string]>([
      ['an update', [(writes) => writes.replaceValues(ID, {})], 'change 2'],
      ['a rollback', [(writes) => writes.rollBack(ID, VALUES, { to: 1 })], 'rollback 2'],
      ['a suspension', [(writes) => writes.suspend(ID)], 'suspend 1'],
      ['a resume', [(writes) => writes.suspend(ID), (writes) => writes.resume(ID)], 'resume 1'],
    ])('%s begins one, with who, when and why', async (_title, steps, begun) => {
      await create(fixture);
      for (const step of steps) await change(step, { user: 'bob', at: LATER, reason: 'a sale' });
      const [newest] = await list();
      const known = { actor: 'bob', reason: 'a sale', acceptedAt: LATER, startedAt: LATER, state: 'running' };
      expect(newest).toMatchObject(known);
      expect(`${newest?.kind} ${newest?.generation}`).toBe(begun);
      expect((await find())?.running).toMatchObject({ id: newest?.id, actor: 'bob', at: LATER, startedAt: LATER });
    });

    test.each<[string, Change]>([
      ['other labels', (writes) => writes.replaceProfile(ID, {})],
      ['a retry', (writes) => writes.requestRetry(ID)],
      ['a restart', (writes) => writes.requestRestart(ID, 'front')],
    ])('%s begin none', async (_title, made) => {
      await create(fixture);
      await change(made);
      expect(await list()).toEqual([]);
    });

    test('what waits brings its chart once it begins, and not before', async () => {
      await create(fixture);
      const chart = { version: '0.2.0', digest: '2'.repeat(64) };
      const opening = { notBefore: LATER, tz: 'Etc/UTC' };
      const kept = await change((writes) =>
        writes.keepWaiting(ID, { kind: 'change', values: VALUES, chart, ...opening }),
      );
      expect(kept).toMatchObject({ generation: 1, chart: undefined, waiting: { chart } });
      expect(await change((writes) => writes.startWaiting(ID))).toMatchObject({ generation: 2, chart });
    });

    test('one that runs is taken over by the next', async () => {
      await create(fixture);
      await change((writes) => writes.replaceValues(ID, {}));
      await change((writes) => writes.suspend(ID), { at: LATER });
      const [next, before] = await list();
      expect(next).toMatchObject({ kind: 'suspend', state: 'running' });
      expect(before).toMatchObject({ kind: 'change', state: 'cancelled', error: `${next?.id} took its place` });
    });

    test('its progress is written with a status, and its end keeps what came of it', async () => {
      await create(fixture);
      await change((writes) => writes.replaceValues(ID, {}));
      const step = 'DatabaseReady';
      const advance = (progress: { state: 'running' } | { state: 'failed'; error: string }) =>
        fixture.storage.recorded((writes) => writes.advanceOperation(ID, { ...progress, step }, LATER));
      expect(await advance({ state: 'running' })).toMatchObject({ step });
      expect((await find())?.running).toMatchObject({ step });
      expect(await advance({ state: 'failed', error: 'no such image' })).toBeUndefined();
      expect((await find())?.running).toBeUndefined();
      expect(await list()).toMatchObject([{ state: 'failed', step, error: 'no such image', endedAt: LATER }]);
    });

    test('a change that waits leaves the store as it is, but for its labels', async () => {
      const before = await create(fixture);
      const profile = { labels: { team: 'ops' } };
      const made = await audited(fixture, (writes) => writes.keepWaiting(ID, waitingChange(), profile));
      const { waiting, ...store } = (await find()) ?? {};
      expect(made?.waiting).toEqual(waiting);
      expect(waiting).toEqual({ ...waitingChange(), id: expect.stringMatching(/^op_/), actor: 'ann', at: AT });
      expect(store).toMatchObject({ generation: 1, values: VALUES, profile, phase: before.phase });
      expect(await fixture.storage.revisions.list(ID, { limit: 9 })).toHaveLength(1);
      const [, , entry] = await fixture.storage.history.ofStore(ID);
      expect(entry?.message).toBe('waits until Fri 02:00 Europe/Berlin');
      expect(await fixture.storage.stores.list()).toMatchObject([{ waiting }]);
    });

    test('only one change waits', async () => {
      await create(fixture);
      await wait();
      await expect(wait()).rejects.toBeInstanceOf(Error);
      expect(await states()).toEqual(['change 1 waiting']);
      const { waiting } = (await find()) ?? {};
      expect(await fixture.storage.operations.listWaiting()).toEqual([{ storeId: ID, change: waiting }]);
    });

    test('it begins with the revision of whoever asked for it, beside whatever else runs', async () => {
      await create(fixture);
      await wait({ user: 'bob', reason: 'a sale' });
      await change((writes) => writes.suspend(ID));
      expect(await states()).toEqual(expect.arrayContaining(['change 1 waiting', 'suspend 1 running']));
      expect(await change((writes) => writes.startWaiting(ID))).toBeUndefined();
      await change((writes) => writes.resume(ID));
      const started = await audited(fixture, (writes) => writes.startWaiting(ID), { user: 'schedule', at: LATER });
      expect(started).toMatchObject({ generation: 2, values: { size: 'l' }, waiting: undefined });
      expect(started?.running).toMatchObject({ kind: 'change', generation: 2, actor: 'bob', at: AT, startedAt: LATER });
      expect(await states()).toEqual(expect.arrayContaining(['change 2 running', 'resume 1 cancelled']));
      const revision = { generation: 2, actor: 'bob', reason: 'a sale', at: LATER };
      expect(await fixture.storage.revisions.find(ID, 2)).toMatchObject(revision);
      expect(await audited(fixture, (writes) => writes.startWaiting(ID))).toBeUndefined();
    });

    test('one that waits for no window begins with the resume, and has no entry of its own', async () => {
      await create(fixture);
      await change((writes) => writes.suspend(ID));
      const chart = { version: '0.2.0', digest: '2'.repeat(64) };
      const asked: NewChange = { kind: 'change', values: { size: 'l' }, chart };
      const kept = await change((writes) => writes.keepWaiting(ID, asked), { user: 'bob', reason: 'a sale' });
      expect(kept).toMatchObject({ generation: 1, values: VALUES, waiting: { values: { size: 'l' } } });
      expect(await list()).toMatchObject([{ state: 'waiting', step: 'Resume' }, { kind: 'suspend' }]);
      const resumed = await change((writes) => writes.resume(ID), { at: LATER });
      expect(resumed).toMatchObject({ desired: 'present', generation: 2, values: { size: 'l' }, chart });
      expect(resumed).toMatchObject({ waiting: undefined, running: { kind: 'change', generation: 2, actor: 'bob' } });
      const revision = { generation: 2, actor: 'bob', reason: 'a sale', at: LATER };
      expect(await fixture.storage.revisions.find(ID, 2)).toMatchObject(revision);
      const entries = (await fixture.storage.history.ofStore(ID)).filter(({ kind }) => kind === 'call');
      expect(entries.at(-2)?.message).toBe('reason: a sale; waits until the store resumes');
      expect(entries).toHaveLength(4);
    });

    test('a change that waits for a window goes on waiting when its store resumes', async () => {
      await create(fixture);
      await wait();
      await change((writes) => writes.suspend(ID));
      expect(await change((writes) => writes.resume(ID))).toMatchObject({ generation: 1, waiting: waitingChange() });
      await change((writes) => writes.suspend(ID));
      await change((writes) => writes.postpone(ID, {}));
      expect((await list()).find(({ state }) => state === 'waiting')).toMatchObject({ step: 'Resume' });
      expect(await change((writes) => writes.resume(ID))).toMatchObject({ generation: 2, waiting: undefined });
    });

    test('a rollback that waited leaves behind what a rollback does', async () => {
      await create(fixture);
      await change((writes) => writes.replaceValues(ID, {}));
      const back = waitingChange({ kind: 'rollback', values: VALUES, rolledBackTo: 1 });
      await change((writes) => writes.keepWaiting(ID, back));
      await change((writes) => writes.startWaiting(ID));
      expect(await fixture.storage.revisions.list(ID, { limit: 9 })).toMatchObject([
        { generation: 3, rolledBackTo: 1 },
        { generation: 2, outcome: 'rolled_back' },
        { generation: 1 },
      ]);
    });

    test.each<[string, Change, string]>([
      ['taken back', (writes) => writes.endWaiting(ID), 'cancelled'],
      ['refused', (writes) => writes.endWaiting(ID, 'no such size'), 'failed'],
      ['overtaken by a deletion', (writes) => writes.requestDeletion(ID), 'cancelled'],
      ['left behind by an adoption', (writes) => writes.adopt(foundSpec()), 'cancelled'],
    ])('a change that is %s changes no values', async (_title, end, state) => {
      await create(fixture);
      await wait();
      await change(end, { at: LATER });
      expect(await find()).toMatchObject({ values: VALUES, waiting: undefined });
      expect(await list()).toMatchObject([{ state, endedAt: LATER }]);
      await change((writes) => writes.startWaiting(ID));
      expect(await find()).toMatchObject({ values: VALUES });
    });

    test('a change that is postponed waits until then', async () => {
      await create(fixture);
      await wait();
      const opening = { notBefore: '2026-01-09T01:00:00.000Z', tz: 'Asia/Tokyo' };
      const store = await audited(fixture, (writes) => writes.postpone(ID, opening));
      expect(store?.waiting).toMatchObject({ ...waitingChange(), ...opening });
    });

    test('a change that waits is restored with its store, and nothing that runs', async () => {
      await create(fixture);
      await wait();
      const { waiting } = (await find()) ?? {};
      const found = foundSpec({
        id: 'st_2',
        name: 'beta',
        waiting: waiting && { ...waiting, id: 'op_00000000000000ff' },
      });
      const [restored] = await fixture.storage.restore([found], new Date(AT));
      expect(restored).toMatchObject({ waiting: { ...waiting, id: 'op_00000000000000ff' }, running: undefined });
    });

    test('all of them end with their store', async () => {
      await create(fixture);
      await change((writes) => writes.replaceValues(ID, {}));
      await wait();
      const entry = { at: AT, kind: 'action', actor: 'reconciler', what: 'deleted', message: '' } as const;
      await fixture.storage.recorded((writes) => writes.deleteRecord(ID, entry));
      expect(await list()).toEqual([]);
    });
  });
}
