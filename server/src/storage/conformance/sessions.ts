/** Sessions and codes: how long each lets somebody in. */
import { describe, expect, test } from 'vitest';
import type { KeptSession, SessionTime } from '../access-storage.ts';
import { AT, type Fixture } from './fixtures.ts';

const HOUR_MS = 3_600_000;
const IDLE_MS = 8 * HOUR_MS;

const later = (ms: number): Date => new Date(Date.parse(AT) + ms);
const time = (ms = 0): SessionTime => ({ at: later(ms), idleSince: later(ms - IDLE_MS) });

function session(change: Partial<KeptSession> = {}): KeptSession {
  const expiresAt = later(24 * HOUR_MS).toISOString();
  return { digest: 'd1', createdAt: AT, seenAt: AT, expiresAt, address: '127.0.0.1', client: 'Firefox', ...change };
}

export function describeSessions(fixture: Fixture): void {
  describe('sessions', () => {
    test('a session is found as it was kept, until somebody ends it', async () => {
      const { sessions } = fixture.storage;
      await sessions.add(session(), time());
      await sessions.add(session({ digest: 'd2' }), time());
      expect(await sessions.find('d1', time())).toEqual(session());
      await sessions.end('d1');
      expect(await sessions.find('d1', time())).toBeUndefined();
      expect(await sessions.find('d2', time())).toEqual(session({ digest: 'd2' }));
    });

    test('a session that nobody uses ends after the idle time, and each use starts that time again', async () => {
      const { sessions } = fixture.storage;
      await sessions.add(session(), time());
      expect(await sessions.find('d1', time(IDLE_MS))).toBeDefined();
      expect(await sessions.find('d1', time(IDLE_MS + 1))).toBeUndefined();
      await sessions.see('d1', later(IDLE_MS));
      expect(await sessions.find('d1', time(IDLE_MS + 1))).toMatchObject({ seenAt: later(IDLE_MS).toISOString() });
    });

    test('a session ends at its time, however much it is used', async () => {
      const { sessions } = fixture.storage;
      await sessions.add(session(), time());
      const end = 24 * HOUR_MS;
      await sessions.see('d1', later(end - 1));
      expect(await sessions.find('d1', time(end - 1))).toBeDefined();
      expect(await sessions.find('d1', time(end))).toBeUndefined();
    });

    test('a new session forgets those that have ended', async () => {
      const { sessions } = fixture.storage;
      await sessions.add(session(), time());
      await sessions.add(session({ digest: 'd2', seenAt: later(IDLE_MS + 1).toISOString() }), time(IDLE_MS + 1));
      // A clock that went back would find it, were it still there.
      expect(await sessions.find('d1', time())).toBeUndefined();
    });
  });

  describe('codes', () => {
    const code = { digest: 'c1', kind: 'sign-in', expiresAt: later(HOUR_MS).toISOString() } as const;

    test('a code can be taken once, by whoever comes first', async () => {
      const { codes } = fixture.storage;
      await codes.keep(code, later(0));
      const takes = await Promise.all([1, 2, 3].map(() => codes.take('c1', 'sign-in', later(1))));
      expect(takes.filter(Boolean)).toEqual([true]);
      expect(await codes.take('unknown', 'sign-in', later(1))).toBe(false);
    });

    test('a code that has expired is no use', async () => {
      const { codes } = fixture.storage;
      await codes.keep(code, later(0));
      expect(await codes.take('c1', 'sign-in', later(HOUR_MS))).toBe(false);
    });
  });
}
