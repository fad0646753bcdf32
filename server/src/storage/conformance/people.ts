/** Users, sessions, codes and attempts: who is let in, and for how long. */
import { describe, expect, test } from 'vitest';
import type { KeptSession, KeptUser, PeopleWrites, SessionTime } from '../access-storage.ts';
import { AT, type Fixture } from './fixtures.ts';

const HOUR_MS = 3_600_000;
const IDLE_MS = 8 * HOUR_MS;

const later = (ms: number): Date => new Date(Date.parse(AT) + ms);
const time = (ms = 0): SessionTime => ({ at: later(ms), idleSince: later(ms - IDLE_MS) });
const ANN: KeptUser = { id: 'us_1', name: 'ann', admin: false, teams: { default: 'operator' }, createdAt: AT };
const BOB: KeptUser = { id: 'us_2', name: 'bob', admin: true, teams: {}, passwordHash: 'h', createdAt: AT };

function session(change: Partial<KeptSession> = {}): KeptSession {
  const expiresAt = later(24 * HOUR_MS).toISOString();
  return {
    digest: 'd1',
    createdAt: AT,
    seenAt: AT,
    freshAt: AT,
    expiresAt,
    address: '127.0.0.1',
    client: 'Firefox',
    ...change,
  };
}

export function describePeople(fixture: Fixture): void {
  const write = <T>(change: (writes: PeopleWrites) => Promise<T>): Promise<T> => fixture.storage.people.write(change);
  const add = (kept: KeptSession, at = time()): Promise<void> => write(({ sessions }) => sessions.add(kept, at));
  const find = (digest: string, at = time()) => fixture.storage.people.sessions.find(digest, at);

  describe('users', () => {
    test('a user is found as it was created, by id and by name; the list is by name', async () => {
      const { users } = fixture.storage.people;
      await write(({ users: writes }) => writes.create(BOB));
      await write(({ users: writes }) => writes.create(ANN));
      expect(await users.find('us_1')).toEqual(ANN);
      expect(await users.findByName('bob')).toEqual(BOB);
      expect(await users.findByName('eve')).toBeUndefined();
      expect(await users.list()).toEqual([ANN, BOB]);
    });

    test('of two users with one name, the first is created', async () => {
      const made = await Promise.all(['us_1', 'us_3'].map((id) => write(({ users }) => users.create({ ...ANN, id }))));
      expect(made.filter(Boolean)).toHaveLength(1);
    });

    test('a change leaves the rest as it was', async () => {
      await write(({ users }) => users.create(BOB));
      expect(await write(({ users }) => users.change('us_2', { admin: false }))).toEqual({ ...BOB, admin: false });
      const disabled = await write(({ users }) => users.disable('us_2', AT));
      expect(disabled).toEqual({ ...BOB, admin: false, disabledAt: AT });
      expect(await write(({ users }) => users.disable('us_2', undefined))).toEqual({ ...BOB, admin: false });
      expect(await write(({ users }) => users.change('us_9', { admin: false }))).toBeUndefined();
    });

    test('what an identity provider gives is replaced by what it gives next, and leaves alone what was given here', async () => {
      const identity = { issuer: 'https://id.example.com', subject: 's1' };
      const grant = (admin: boolean, teams: KeptUser['teams']): Promise<void> =>
        write(({ users }) => users.grant('us_1', { admin, teams }));
      await write(async ({ users, identities, teams }) => {
        await teams.create({ id: 'shops', limits: {} }, AT);
        await users.create(ANN);
        await identities.add(identity, 'us_1');
        expect(await identities.userOf(identity)).toBe('us_1');
        expect(await identities.userOf({ ...identity, issuer: 'https://other.example.com' })).toBeUndefined();
      });
      const found = () => fixture.storage.people.users.find('us_1');
      await grant(true, { default: 'viewer', shops: 'owner' });
      const both = { ...ANN, external: true, admin: true, teams: { default: 'operator', shops: 'owner' } };
      expect(await found()).toEqual(both);
      expect(await fixture.storage.people.users.list()).toEqual([both]);
      await write(({ users }) => users.setRole('us_1', 'shops', undefined));
      expect((await found())?.teams).toEqual(both.teams);
      await grant(false, { default: 'owner' });
      expect(await found()).toEqual({ ...ANN, external: true, teams: { default: 'owner' } });
      await grant(false, {});
      expect(await found()).toEqual({ ...ANN, external: true });
    });

    test('a change that fails leaves nothing behind', async () => {
      const failing = write(async ({ users, sessions }) => {
        await users.create(ANN);
        await sessions.add(session({ userId: 'us_1' }), time());
        throw new Error('the disk is full');
      });
      await expect(failing).rejects.toThrow('the disk is full');
      expect(await fixture.storage.people.users.list()).toEqual([]);
      expect(await find('d1')).toBeUndefined();
    });
  });

  describe('sessions', () => {
    test('a session is found as it was kept, until somebody ends it', async () => {
      await add(session());
      await add(session({ digest: 'd2' }));
      expect(await find('d1')).toEqual(session());
      await write(({ sessions }) => sessions.end('d1'));
      expect(await find('d1')).toBeUndefined();
      expect(await find('d2')).toEqual(session({ digest: 'd2' }));
    });

    test('a session that nobody uses ends after the idle time, and each use starts that time again', async () => {
      await add(session());
      expect(await find('d1', time(IDLE_MS))).toBeDefined();
      expect(await find('d1', time(IDLE_MS + 1))).toBeUndefined();
      await fixture.storage.people.sessions.see('d1', later(IDLE_MS));
      expect(await find('d1', time(IDLE_MS + 1))).toMatchObject({ seenAt: later(IDLE_MS).toISOString() });
    });

    test('a session ends at its time, however much it is used', async () => {
      await add(session());
      const end = 24 * HOUR_MS;
      await fixture.storage.people.sessions.see('d1', later(end - 1));
      expect(await find('d1', time(end - 1))).toBeDefined();
      expect(await find('d1', time(end))).toBeUndefined();
    });

    test('a new session forgets those that have ended', async () => {
      await add(session());
      await add(session({ digest: 'd2', seenAt: later(IDLE_MS + 1).toISOString() }), time(IDLE_MS + 1));
      // A clock that went back would find it, were it still there.
      expect(await find('d1')).toBeUndefined();
    });

    test('the sessions of one user are listed, newest first, and ended together but for one', async () => {
      for (const user of [ANN, BOB]) await write(({ users }) => users.create(user));
      await add(session({ userId: 'us_1' }));
      await add(session({ digest: 'd2', userId: 'us_1', createdAt: later(1).toISOString() }));
      await add(session({ digest: 'd3', userId: 'us_2' }));
      await add(session({ digest: 'd4' }));
      const of = async (id: string): Promise<string[]> =>
        (await fixture.storage.people.sessions.ofUser(id, time())).map(({ digest }) => digest);
      expect(await of('us_1')).toEqual(['d2', 'd1']);
      await write(({ sessions }) => sessions.endOfUser('us_1', 'd1'));
      expect(await of('us_1')).toEqual(['d1']);
      await write(({ sessions }) => sessions.endOfUser('us_1'));
      expect([await of('us_1'), await of('us_2')]).toEqual([[], ['d3']]);
      expect(await find('d4')).toBeDefined();
    });
  });

  describe('codes', () => {
    const code = { digest: 'c1', kind: 'sign-in', expiresAt: later(HOUR_MS).toISOString() } as const;
    const take = (digest: string, at = later(1)) => write(({ codes }) => codes.take(digest, 'sign-in', at));

    test('a code can be taken once, by whoever comes first', async () => {
      await write(({ codes }) => codes.keep(code, later(0)));
      const takes = await Promise.all([1, 2, 3].map(() => take('c1')));
      expect(takes.filter(Boolean)).toEqual([code]);
      expect(await take('unknown')).toBeUndefined();
    });

    test('a code that has expired is no use, nor is one of another kind', async () => {
      await write(({ codes }) => codes.keep(code, later(0)));
      expect(await write(({ codes }) => codes.take('c1', 'set-up', later(1)))).toBeUndefined();
      expect(await take('c1', later(HOUR_MS))).toBeUndefined();
    });

    test('a second invitation takes the place of the first', async () => {
      await write(({ users }) => users.create(ANN));
      const invitation = { ...code, kind: 'invitation', userId: 'us_1' } as const;
      await write(({ codes }) => codes.keep(invitation, later(0)));
      await write(({ codes }) => codes.keep({ ...invitation, digest: 'c2' }, later(0)));
      const invited = (digest: string) => write(({ codes }) => codes.take(digest, 'invitation', later(1)));
      expect(await invited('c1')).toBeUndefined();
      expect(await invited('c2')).toMatchObject({ userId: 'us_1' });
    });
  });

  describe('attempts', () => {
    const limit = { most: 3, withinMs: HOUR_MS };
    const count = (key: string, at = later(0)) => fixture.storage.people.attempts.count(key, limit, at);

    test('the fourth of three attempts waits until the first one is an hour ago, however many are made at once', async () => {
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => count('a')));
      expect(answers.filter((until) => until === undefined)).toHaveLength(3);
      expect(answers.filter((until) => until?.getTime() === later(HOUR_MS).getTime())).toHaveLength(2);
      expect(await count('b')).toBeUndefined();
      expect(await count('a', later(HOUR_MS))).toBeUndefined();
    });

    test('an attempt that is forgiven or forgotten does not count', async () => {
      const { attempts } = fixture.storage.people;
      for (let made = 0; made < 10; made++) {
        expect(await count('a')).toBeUndefined();
        await attempts.forgive('a');
      }
      for (let made = 0; made < 3; made++) await count('a');
      await attempts.forget('a');
      expect(await count('a')).toBeUndefined();
    });
  });
}
