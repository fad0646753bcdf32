/** Rows of who gets in, and of the audit trail. */
import type { AuditEntry, TeamRole } from '@shopyard/contracts';
import type { CodeKind } from '../access-storage.ts';

/** See KeptSession. */
export interface SessionsTable {
  digest: string;
  created_at: string;
  seen_at: string;
  expires_at: string;
  address: string;
  client: string;
  user_id: string | null;
  fresh_at: string;
}

/** See KeptUser. */
export interface UsersTable {
  id: string;
  name: string;
  admin: number;
  /** An identity provider's groups make the user an administrator. */
  provider_admin: number;
  password_hash: string | null;
  disabled_at: string | null;
  created_at: string;
}

/** See KeptTeam. */
export interface TeamsTable {
  id: string;
  /** JSON: TeamLimits. */
  limits: string;
  created_at: string;
}

/** Stores that a team created of late. */
export interface CreatesTable {
  team: string;
  at: string;
}

export interface MembershipsTable {
  user_id: string;
  team_id: string;
  source: 'local' | 'oidc';
  role: TeamRole;
}

/** See Identity. */
export interface IdentitiesTable {
  issuer: string;
  subject: string;
  user_id: string;
}

/** See KeptAttempts. */
export interface AttemptsTable {
  key: string;
  count: number;
  until: string;
}

export interface CodesTable {
  digest: string;
  kind: CodeKind;
  expires_at: string;
  user_id: string | null;
}

/** See AuditEntry. */
export interface AuditTable {
  seq: number;
  at: string;
  actor: string;
  actor_id: string | null;
  came_by: AuditEntry['by'];
  via: string;
  address: string | null;
  client: string | null;
  action: string;
  object: string | null;
  outcome: AuditEntry['outcome'];
  detail: string | null;
  token_id: string | null;
  previous: string;
  hash: string;
}

/** See KeptToken. */
export interface TokensTable {
  id: string;
  digest: string;
  /** One of the two. */
  user_id: string | null;
  service_account_id: string | null;
  name: string;
  /** JSON. */
  scopes: string;
  team: string | null;
  /** JSON: CIDRs. */
  networks: string;
  created_at: string;
  expires_at: string;
  used_at: string | null;
  used_from: string | null;
}

/** See KeptServiceAccount. */
export interface ServiceAccountsTable {
  id: string;
  team_id: string;
  name: string;
  created_at: string;
}
