/** Sessions: how a browser stays signed in, and when that ends. */
import { digestOf, newSecret } from '../../kit/secret.ts';
import { isDue } from './seen.ts';
import type { KeptSession, People, PeopleWrites, SessionTime } from '../../storage/access-storage.ts';

const HOUR_MS = 3_600_000;
const IDLE_MS = 8 * HOUR_MS;
export const LIFETIME_MS = 7 * 24 * HOUR_MS;
const MAX_CLIENT = 200;

/** Where somebody comes from. */
export interface Visitor {
  address: string;
  /** What their browser calls itself. */
  client: string;
}

export interface SessionOf {
  /** Absent without an account. */
  userId?: string | undefined;
  lifetimeMs?: number;
}

export interface Sessions {
  /** Returns the secret that the browser is to keep; nobody can read it again. */
  begin(writes: PeopleWrites, visitor: Visitor, of?: SessionOf): Promise<string>;
  /** `undefined` for a session that has ended, or never was. */
  find(secret: string): Promise<KeptSession | undefined>;
  ofUser(userId: string): Promise<KeptSession[]>;
}

export function createSessions({ sessions }: Pick<People, 'sessions'>, now: () => Date): Sessions {
  const time = (): SessionTime => {
    const at = now();
    return { at, idleSince: new Date(at.getTime() - IDLE_MS) };
  };
  return {
    async begin(writes, { address, client }, { userId, lifetimeMs = LIFETIME_MS } = {}) {
      const secret = newSecret();
      const { at, idleSince } = time();
      const session = {
        digest: digestOf(secret),
        createdAt: at.toISOString(),
        seenAt: at.toISOString(),
        freshAt: at.toISOString(),
        expiresAt: new Date(at.getTime() + lifetimeMs).toISOString(),
        address,
        client: client.slice(0, MAX_CLIENT),
        ...(userId === undefined ? {} : { userId }),
      };
      await writes.sessions.add(session, { at, idleSince });
      return secret;
    },

    async find(secret) {
      const { at, idleSince } = time();
      const session = await sessions.find(digestOf(secret), { at, idleSince });
      if (session && isDue(session.seenAt, at)) await sessions.see(session.digest, at);
      return session;
    },

    ofUser: (userId) => sessions.ofUser(userId, time()),
  };
}
