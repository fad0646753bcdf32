/** What lets people in: sessions, and codes that work once. Only digests of their secrets are kept. Times are ISO 8601. */

export interface KeptSession {
  /** Digest of the secret that the browser holds. */
  digest: string;
  createdAt: string;
  /** Last use, to within a minute. */
  seenAt: string;
  expiresAt: string;
  /** Address that it began from. */
  address: string;
  /** What its browser called itself. */
  client: string;
}

/** `idleSince`: a session that was last seen before that has ended. */
export interface SessionTime {
  at: Date;
  idleSince: Date;
}

export interface KeptSessions {
  /** Forgets those that have ended. */
  add(session: KeptSession, time: SessionTime): Promise<void>;
  /** `undefined` once it has expired, was idle for too long, or was ended. */
  find(digest: string, time: SessionTime): Promise<KeptSession | undefined>;
  see(digest: string, at: Date): Promise<void>;
  end(digest: string): Promise<void>;
}

/** `sign-in`: opens a session of whoever reaches the server's data. */
export type CodeKind = 'sign-in';

export interface KeptCodes {
  /** Forgets those that have expired by `at`. */
  keep(code: { digest: string; kind: CodeKind; expiresAt: string }, at: Date): Promise<void>;
  /** Uses it up. False for one that is unknown, used or expired by `at`. */
  take(digest: string, kind: CodeKind, at: Date): Promise<boolean>;
}
