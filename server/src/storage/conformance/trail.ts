/** The audit trail: appended to in order, found by who, what and on what. */
import { describe, expect, test } from 'vitest';
import type { NewAuditEntry } from '../audit-storage.ts';
import { AT, type Fixture } from './fixtures.ts';

const entry = (change: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  at: AT,
  actor: 'ann',
  by: 'session',
  via: 'dashboard',
  action: 'stores.retry',
  outcome: 'ok',
  ...change,
});

export function describeTrail(fixture: Fixture): void {
  describe('the audit trail', () => {
    const append = (change?: Partial<NewAuditEntry>): Promise<void> => fixture.storage.audit.append(entry(change));
    const list = (query = {}) => fixture.storage.audit.list({ limit: 100, ...query });

    test('an entry is kept as it was appended, each chained to the one before, however many come at once', async () => {
      const whole = { actorId: 'us_1', address: '192.0.2.1', client: 'curl', object: 'st_1', detail: 'size' };
      await append(whole);
      await Promise.all(['bob', 'eve', 'joe'].map((actor) => append({ actor })));
      const entries = await list({ after: 0 });
      expect(entries[0]).toMatchObject(entry(whole));
      expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
      expect(entries.map(({ previous }) => previous)).toEqual(['', ...entries.slice(0, 3).map(({ hash }) => hash)]);
      expect(new Set(entries.map(({ hash }) => hash)).size).toBe(4);
    });

    test('is listed newest first and in pages, by actor, action, object, outcome and time', async () => {
      await append();
      await append({ actor: 'bob', object: 'st_1' });
      await append({ action: 'stores.remove', outcome: 'denied', at: '2030-01-01T00:00:00.000Z' });
      const found = async (query: object): Promise<number[]> => (await list(query)).map(({ seq }) => seq);
      expect(await found({})).toEqual([3, 2, 1]);
      expect(await found({ limit: 2 })).toEqual([3, 2]);
      expect(await found({ before: 2 })).toEqual([1]);
      expect(await found({ after: 1 })).toEqual([2, 3]);
      expect(await found({ actor: 'ann' })).toEqual([3, 1]);
      expect(await found({ action: 'stores.remove' })).toEqual([3]);
      expect(await found({ object: 'st_1' })).toEqual([2]);
      expect(await found({ outcome: 'ok' })).toEqual([2, 1]);
      expect(await found({ since: '2030-01-01T00:00:00Z' })).toEqual([3]);
      expect(await found({ until: '2030-01-01T00:00:00Z' })).toEqual([2, 1]);
    });

    test('a change of people that fails leaves no entry', async () => {
      const failing = fixture.storage.people.write(async (writes) => {
        await writes.audit(entry());
        throw new Error('the disk is full');
      });
      await expect(failing).rejects.toThrow('the disk is full');
      expect(await list()).toEqual([]);
    });
  });
}
