/** What each change does to a spec, and what it leaves of the status. */
import { describe, expect, test } from 'vitest';
import type { SpecWrites } from '../storage.ts';
import { AT, audited, create, type Fixture, foundSpec, FULL_STATUS, ID, newStore, record, VALUES } from './fixtures.ts';

type Change = (writes: SpecWrites) => Promise<unknown>;

export function describeSpecs(fixture: Fixture): void {
  const { port: PORT } = fixture;
  const change = (made: Change): Promise<unknown> => audited(fixture, made);

  describe('specs', () => {
    test('a new store is present, queued and unseen', async () => {
      const store = await create(fixture);
      expect(store).toEqual({
        ...newStore(),
        url: `http://alpha.localhost:${PORT}`,
        clusterId: 'main',
        generation: 1,
        desired: 'present',
        phase: 'Queued',
        reason: undefined,
        message: undefined,
        conditions: [],
        observedGeneration: 0,
        verifiedRevision: 0,
        problem: undefined,
        readyAt: undefined,
        inventory: undefined,
        sighting: undefined,
        attention: { level: 'working', since: AT },
        attempt: undefined,
        restarts: {},
        restarted: {},
        resumedAt: undefined,
        forced: false,
        held: false,
      });
      expect(await fixture.storage.stores.find(ID)).toEqual(store);
      expect(await fixture.storage.stores.findByName('alpha')).toEqual(store);
      expect(await audited(fixture, (writes) => writes.find(ID))).toEqual(store);
      expect(await audited(fixture, (writes) => writes.findByName('alpha'))).toEqual(store);
    });

    test('a name is taken once', async () => {
      await create(fixture);
      await expect(create(fixture, { id: 'st_2' })).rejects.toBeInstanceOf(Error);
      expect(await fixture.storage.stores.find('st_2')).toBeUndefined();
      expect(await fixture.storage.history.ofStore('st_2')).toEqual([]);
    });

    test('lists stores by age', async () => {
      await create(fixture, { id: 'st_b', name: 'b' });
      await create(fixture, { id: 'st_c', name: 'c', createdAt: '2025-01-01T00:00:00.000Z' });
      await create(fixture, { id: 'st_a', name: 'a' });
      expect((await fixture.storage.stores.list()).map(({ name }) => name)).toEqual(['c', 'a', 'b']);
    });

    test('finds nothing where there is nothing', async () => {
      const { stores } = fixture.storage;
      expect(await stores.find(ID)).toBeUndefined();
      expect(await stores.findByName('alpha')).toBeUndefined();
      expect(await stores.list()).toEqual([]);
    });

    test('a record computes its URL whenever it is read, as the port may only then be known', async () => {
      const store = await create(fixture);
      fixture.port = 4000;
      expect(store.url).toBe('http://alpha.localhost:4000');
    });

    /** What each leaves of a store with a failure, an inventory and a verified revision. */
    const FAILED = { problem: FULL_STATUS.problem, inventory: FULL_STATUS.inventory };
    test.each<[string, { before?: Change; change: Change; after: object }]>([
      [
        'an update starts a generation and clears the failure',
        {
          change: (writes) => writes.replaceValues(ID, { size: 'l' }),
          after: { generation: 2, values: { size: 'l' }, ...FAILED, problem: undefined },
        },
      ],
      [
        'an update may replace values and profile together',
        {
          change: (writes) => writes.replaceValues(ID, { size: 'l' }, { profile: { labels: { team: 'ops' } } }),
          after: {
            generation: 2,
            values: { size: 'l' },
            profile: { labels: { team: 'ops' } },
            ...FAILED,
            problem: undefined,
          },
        },
      ],
      [
        'another profile starts no generation and keeps values and failure',
        {
          change: (writes) => writes.replaceProfile(ID, { labels: { team: 'ops' } }),
          after: { generation: 1, values: VALUES, profile: { labels: { team: 'ops' } }, ...FAILED },
        },
      ],
      [
        'a retry starts a generation and clears failure and inventory',
        {
          change: (writes) => writes.requestRetry(ID),
          after: { generation: 2, values: VALUES, problem: undefined, inventory: undefined },
        },
      ],
      [
        'a deletion keeps the generation and clears the failure',
        {
          change: (writes) => writes.requestDeletion(ID),
          after: { generation: 1, desired: 'absent', forced: false, ...FAILED, problem: undefined },
        },
      ],
      [
        'a retry of a deletion clears its failure',
        {
          before: (writes) => writes.requestDeletion(ID),
          change: (writes) => writes.retryDeletion(ID),
          after: { generation: 1, desired: 'absent', ...FAILED, problem: undefined },
        },
      ],
      [
        'force allows to remove finalizers and clears the failure',
        {
          before: (writes) => writes.requestDeletion(ID),
          change: (writes) => writes.forceFinalizers(ID),
          after: { generation: 1, desired: 'absent', forced: true, ...FAILED, problem: undefined },
        },
      ],
      [
        'a restart keeps the generation, the failure and what was restarted before',
        {
          before: (writes) => writes.requestRestart(ID, 'ledger'),
          change: (writes) => writes.requestRestart(ID, 'front'),
          after: { generation: 1, ...FAILED, restarts: { ledger: AT, front: AT } },
        },
      ],
      [
        'a suspension keeps the generation and clears the failure',
        {
          change: (writes) => writes.suspend(ID),
          after: { generation: 1, desired: 'suspended', ...FAILED, problem: undefined, resumedAt: undefined },
        },
      ],
      [
        'a resume keeps the generation, clears the failure and notes its time',
        {
          before: (writes) => writes.suspend(ID),
          change: (writes) => writes.resume(ID),
          after: { generation: 1, desired: 'present', ...FAILED, problem: undefined, resumedAt: AT },
        },
      ],
      [
        'a suspended store takes other values and stays suspended',
        {
          before: (writes) => writes.suspend(ID),
          change: (writes) => writes.replaceValues(ID, { size: 'l' }),
          after: { generation: 2, desired: 'suspended', values: { size: 'l' }, ...FAILED, problem: undefined },
        },
      ],
      [
        'a suspended store can be deleted',
        {
          before: (writes) => writes.suspend(ID),
          change: (writes) => writes.requestDeletion(ID),
          after: { generation: 1, desired: 'absent', ...FAILED, problem: undefined },
        },
      ],
      [
        'a read of the login changes nothing',
        { change: (writes) => writes.revealLogin(ID), after: { generation: 1, desired: 'present', ...FAILED } },
      ],
    ])('%s', async (_title, { before, change: made, after }) => {
      await create(fixture);
      if (before) await change(before);
      await record(fixture, FULL_STATUS);
      const answer = await change(made);
      const store = await fixture.storage.stores.find(ID);
      const { problem: _problem, inventory: _inventory, ...status } = FULL_STATUS;
      expect(store).toMatchObject({ ...status, ...after });
      expect(answer ?? store).toEqual(store);
    });

    test('an adopted store keeps its address and is held until its next generation', async () => {
      const held = { generation: 3, url: 'http://alpha.former' };
      const store = await audited(fixture, (writes) => writes.adopt(foundSpec({ held })));
      expect(store).toMatchObject({
        ...newStore(),
        generation: 3,
        desired: 'present',
        phase: 'Provisioning',
        sighting: { reason: 'FoundInCluster', message: '' },
        held: true,
        url: 'http://alpha.former',
      });
      const changed = await audited(fixture, (writes) => writes.requestRetry(ID));
      expect(changed).toMatchObject({ generation: 4, held: false, url: `http://alpha.localhost:${PORT}` });
    });

    test('a held store is neither suspended nor resumed', async () => {
      const held = { generation: 3, url: undefined };
      await audited(fixture, (writes) => writes.adopt(foundSpec({ held, desired: 'suspended' })));
      expect(await change((writes) => writes.resume(ID))).toBeUndefined();
      expect(await fixture.storage.stores.find(ID)).toMatchObject({ held: true, desired: 'suspended' });
    });

    test('a held store is not restarted, and an adoption forgets what was requested', async () => {
      await create(fixture);
      await change((writes) => writes.requestRestart(ID, 'front'));
      const held = { generation: 3, url: 'http://alpha.former' };
      expect(await audited(fixture, (writes) => writes.adopt(foundSpec({ held })))).toMatchObject({ restarts: {} });
      expect(await change((writes) => writes.requestRestart(ID, 'front'))).toBeUndefined();
    });

    test('an adopted store whose address is unknown has the platform’s', async () => {
      const held = { generation: 3, url: undefined };
      const store = await audited(fixture, (writes) => writes.adopt(foundSpec({ held })));
      expect(store).toMatchObject({ held: true, url: `http://alpha.localhost:${PORT}` });
    });

    test('adopting a known store takes over its spec and discards what was known of it', async () => {
      await create(fixture);
      await record(fixture, FULL_STATUS);
      await change((writes) => writes.requestDeletion(ID));
      await change((writes) => writes.forceFinalizers(ID));
      const store = await audited(fixture, (writes) => writes.adopt(foundSpec({ values: { size: 's' } })));
      const discarded = { problem: undefined, inventory: undefined, verifiedRevision: 0, forced: false };
      expect(store).toMatchObject({ generation: 3, desired: 'present', values: { size: 's' }, ...discarded });
      expect(await fixture.storage.stores.list()).toEqual([store]);
    });

    test('a store whose name another one has is not adopted', async () => {
      const ours = await create(fixture);
      expect(await audited(fixture, (writes) => writes.adopt(foundSpec({ id: 'st_theirs' })))).toBeUndefined();
      expect(await fixture.storage.stores.list()).toEqual([ours]);
      expect(await fixture.storage.history.ofStore('st_theirs')).toEqual([]);
    });
  });
}
