/** Who is let in: users, their sessions, and codes that work once. Only digests of secrets are kept. Times are ISO 8601. */
import type { TeamLimits, TeamRole, Token } from '@shopyard/contracts';
import type { NewAuditEntry } from './audit-storage.ts';

export interface KeptUser {
  id: string;
  name: string;
  /** Here, or by groups of an identity provider. */
  admin: boolean;
  /** Roles by id of the team; the highest of one that was given here and one by an identity provider. */
  teams: Record<string, TeamRole>;
  /** Signs in at an identity provider. */
  external?: true;
  /** As `hashPassword` made it; absent until the user has chosen one. */
  passwordHash?: string;
  disabledAt?: string;
  createdAt: string;
}

/** Whom an identity provider knows: never by an e-mail address or a name, which may change hands. */
export interface Identity {
  issuer: string;
  subject: string;
}

/** What the groups of an identity provider give. */
export interface Granted {
  admin: boolean;
  /** Roles by id of the team. */
  teams: Record<string, TeamRole>;
}

/** Whose a token is. */
export type TokenOwner = { userId: string } | { serviceAccountId: string };

export type KeptToken = Token & TokenOwner & { digest: string };

/** Where something was used from, and when. */
export interface TokenUse {
  at: Date;
  address: string;
}

export interface TokenReads {
  find(id: string): Promise<KeptToken | undefined>;
  /** Newest first. */
  of(owner: TokenOwner): Promise<KeptToken[]>;
  see(id: string, use: TokenUse): Promise<void>;
}

export interface KeptServiceAccount {
  id: string;
  team: string;
  /** Once in its team. */
  name: string;
  createdAt: string;
}

export interface ServiceAccountReads {
  find(id: string): Promise<KeptServiceAccount | undefined>;
  /** By name. */
  ofTeam(team: string): Promise<KeptServiceAccount[]>;
}

export interface KeptTeam {
  id: string;
  limits: TeamLimits;
}

export interface TeamReads {
  find(id: string): Promise<KeptTeam | undefined>;
  /** When its stores were created that were after `since`, oldest first, ISO 8601; kept for an hour, however soon they went again. */
  creates(id: string, since: Date): Promise<string[]>;
  /** By id. */
  list(): Promise<KeptTeam[]>;
}

export interface UserReads {
  find(id: string): Promise<KeptUser | undefined>;
  findByName(name: string): Promise<KeptUser | undefined>;
  /** By name. */
  list(): Promise<KeptUser[]>;
}

export interface KeptSession {
  /** Digest of the secret that the browser holds. */
  digest: string;
  /** Absent for a session that a sign-in code began. */
  userId?: string;
  createdAt: string;
  /** Last use, to within a minute. */
  seenAt: string;
  expiresAt: string;
  /** When its user last proved who they are. */
  freshAt: string;
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

export interface SessionReads {
  /** `undefined` once it has expired, was idle for too long, or was ended. */
  find(digest: string, time: SessionTime): Promise<KeptSession | undefined>;
  /** Newest first. */
  ofUser(userId: string, time: SessionTime): Promise<KeptSession[]>;
  see(digest: string, at: Date): Promise<void>;
  /** `undefined` for one that was ended. */
  freshAt(digest: string): Promise<string | undefined>;
}

/**
 * `sign-in`: opens a session of whoever reaches the server's data. `set-up`: creates the first account. `invitation`: chooses
 * a user's password.
 */
export type CodeKind = 'sign-in' | 'set-up' | 'invitation';

export interface KeptCode {
  digest: string;
  kind: CodeKind;
  /** Whom an invitation is for. */
  userId?: string;
  expiresAt: string;
}

/** Everything that decides who gets in is written here; nothing is if the change rejects. */
export interface PeopleWrites {
  /** Appends to the audit trail, once for each change. */
  audit(entry: NewAuditEntry): Promise<void>;
  users: UserReads & {
    /** Given here, in a team that there is; `undefined` takes it away. */
    setRole(id: string, team: string, role: TeamRole | undefined): Promise<void>;
    /** Replaces what an identity provider gave the user, in teams that there are. */
    grant(id: string, granted: Granted): Promise<void>;
    /** `undefined` if the name is taken. */
    create(user: KeptUser): Promise<KeptUser | undefined>;
    /** `undefined` if there is no such user. */
    change(id: string, change: Partial<Pick<KeptUser, 'admin' | 'passwordHash'>>): Promise<KeptUser | undefined>;
    /** `at`: since when; `undefined` lets the user in again. */
    disable(id: string, at: string | undefined): Promise<KeptUser | undefined>;
  };
  identities: {
    /** Id of the user; `undefined` if nobody came with it. */
    userOf(identity: Identity): Promise<string | undefined>;
    add(identity: Identity, userId: string): Promise<void>;
  };
  teams: TeamReads & {
    /** False if there is one with this id. */
    create(team: KeptTeam, at: string): Promise<boolean>;
    /** False if there is none. */
    change(team: KeptTeam): Promise<boolean>;
  };
  sessions: {
    /** Forgets those that have ended. */
    add(session: KeptSession, time: SessionTime): Promise<void>;
    /** Its user has proved again who they are. */
    confirm(digest: string, at: string): Promise<void>;
    end(digest: string): Promise<void>;
    /** But for this one, if one is given. */
    endOfUser(userId: string, but?: string): Promise<void>;
  };
  tokens: {
    add(token: KeptToken): Promise<void>;
    /** False unless it is this owner's. */
    revoke(id: string, owner: TokenOwner): Promise<boolean>;
  };
  serviceAccounts: ServiceAccountReads & {
    /** Of a team that there is. False if the team has one of this name. */
    create(account: KeptServiceAccount): Promise<boolean>;
    /** With its tokens. */
    remove(id: string): Promise<void>;
  };
  codes: {
    /** Forgets those that have expired by `at`, and others of this kind that are for the same user. */
    keep(code: KeptCode, at: Date): Promise<void>;
    /** Uses it up. `undefined` for one that is unknown, used or expired by `at`. */
    take(digest: string, kind: CodeKind, at: Date): Promise<KeptCode | undefined>;
  };
}

export interface People {
  readonly users: UserReads;
  readonly teams: TeamReads;
  readonly sessions: SessionReads;
  readonly tokens: TokenReads;
  readonly serviceAccounts: ServiceAccountReads;
  readonly attempts: KeptAttempts;
  write<T>(change: (writes: PeopleWrites) => Promise<T>): Promise<T>;
}

export interface AttemptLimit {
  most: number;
  withinMs: number;
}

/** Counts of attempts by key, such as a user and an address. They outlive the server, and are never forgotten early. */
export interface KeptAttempts {
  /**
   * Counts one more. Returns when the key may try again if that is too many, and `undefined` otherwise. A new key beyond the
   * first 100,000 is refused.
   */
  count(key: string, limit: AttemptLimit, at: Date): Promise<Date | undefined>;
  /** Takes one back. */
  forgive(key: string): Promise<void>;
  forget(key: string): Promise<void>;
}
