/** The rows of the database, column by column. Times are ISO 8601 text, structures are JSON text. */
import type { OperationKind, RevisionOutcome } from '@shopyard/contracts';
import type { Generated, Insertable, Kysely, Selectable } from 'kysely';
import type { OperationState } from '../storage.ts';
import type {
  AttemptsTable,
  AuditTable,
  CodesTable,
  CreatesTable,
  IdentitiesTable,
  MembershipsTable,
  ServiceAccountsTable,
  SessionsTable,
  TeamsTable,
  TokensTable,
  UsersTable,
} from './people-tables.ts';

export interface StoresTable {
  id: string;
  name: string;
  namespace: string;
  engine: string;
  /** `main` unless it is given. */
  cluster_id: Generated<string>;
  /** JSON: the helm values of this store. */
  store_values: string;
  /** JSON: StoreProfile. */
  profile: Generated<string>;
  /** JSON: Restarts, as requested. */
  restarts: Generated<string>;
  /** Counts changes of the spec. */
  generation: number;
  desired: 'present' | 'suspended' | 'absent';
  /** See formatPin; null until it is known. */
  chart: Generated<string | null>;
  /** When it was last resumed; null for never. */
  resumed_at: Generated<string | null>;
  created_at: string;
  created_by: string;

  // Status: written by the reconciler. A change of the spec clears `problem` and `inventory` where it outdates them.
  phase: string;
  reason: string | null;
  message: string | null;
  /** JSON: Condition[]. */
  conditions: string;
  observed_generation: number;
  /** Release revision whose pages were seen to work; 0 before. */
  verified_revision: number;
  /** JSON: Problem, the last failure that is not over. */
  problem: string | null;
  ready_at: string | null;
  /** JSON: Inventory, the objects that were there when it was last seen to work. */
  inventory: string | null;
  /** JSON: Sighting, what its shop offered when that was last looked at. Also set when it was found in the cluster. */
  sighting: string | null;
  /** JSON: AttentionState; null before it was first looked at. */
  attention: string | null;
  /** JSON: AttemptState, likewise. */
  attempt: string | null;
  /** JSON: Restarts, those that are over. */
  restarted: Generated<string>;
  /** JSON: Versions; null until they are reported. */
  versions: string | null;
  /** 1: deletion may remove finalizers from its objects. */
  forced: Generated<number>;
  /** For an adopted store: the generation that stays as the former installation left it. */
  held_generation: number | null;
  /** Its URL while held; null if unknown. */
  held_url: string | null;
}

/** One row: which installation of Shopyard this is. */
export interface InstallationTable {
  id: string;
  created_at: string;
}

export interface StoreEventsTable {
  seq: Generated<number>;
  store_id: string;
  at: string;
  kind: 'call' | 'phase' | 'condition' | 'action' | 'attention';
  actor: string;
  what: string;
  message: string;
  /** Of a phase, and of attention: the code of why. */
  reason: string | null;
  actor_id: Generated<string | null>;
  token_id: Generated<string | null>;
  /** Name of a store that is gone; the others have theirs in their own row. */
  store_name: Generated<string | null>;
}

export interface IdempotencyKeysTable {
  /** Who used it. */
  caller: string;
  key: string;
  /** What was asked for, to notice another request under the same key. */
  request: string;
  store_id: string;
  created_at: string;
}

/** One generation's values. See Revision. */
export interface RevisionsTable {
  store_id: string;
  generation: number;
  /** JSON. */
  values: string;
  actor: string;
  reason: string | null;
  at: string;
  rolled_back_to: number | null;
  outcome: RevisionOutcome | null;
  verified_at: string | null;
  helm_revision: number | null;
  chart_version: string | null;
  chart_digest: string | null;
  /** SHA-256 of the platform's values. */
  platform_digest: string | null;
  /** JSON: by name. */
  versions: string | null;
  closed_seconds: number | null;
}

/** See operations.ts of the domain. */
export interface OperationsTable {
  id: string;
  store_id: string;
  kind: OperationKind;
  /** Of the store's spec: when it was accepted, and the one that it starts. */
  generation: number;
  step: string;
  state: OperationState;
  actor: string;
  reason: string | null;
  /** JSON: WaitingChange, while it waits. */
  input: string | null;
  /** When the window opens, or opened. */
  not_before: string | null;
  error: string | null;
  accepted_at: string;
  started_at: string | null;
  ended_at: string | null;
}

/** See KeptPlan. */
export interface PlansTable {
  id: string;
  /** JSON: PlanStore. */
  input: string;
  generation: number;
  refused: string | null;
  actor: string;
  expires_at: string;
}

/** What this database has been through, and when last. */
export interface MilestonesTable {
  /** `rebuilt`: the cluster was asked for stores that the database did not know. `checked`: it could be written. */
  name: 'rebuilt' | 'checked';
  at: string;
}

export interface Tables {
  stores: StoresTable;
  store_events: StoreEventsTable;
  revisions: RevisionsTable;
  idempotency_keys: IdempotencyKeysTable;
  plans: PlansTable;
  operations: OperationsTable;
  sessions: SessionsTable;
  codes: CodesTable;
  users: UsersTable;
  teams: TeamsTable;
  identities: IdentitiesTable;
  memberships: MembershipsTable;
  creates: CreatesTable;
  attempts: AttemptsTable;
  tokens: TokensTable;
  service_accounts: ServiceAccountsTable;
  audit: AuditTable;
  milestones: MilestonesTable;
  installation: InstallationTable;
}

export type StoreRow = Selectable<StoresTable>;
export type RevisionRow = Selectable<RevisionsTable>;
export type UserRow = Selectable<UsersTable>;
export type SessionRow = Selectable<SessionsTable>;
export type AuditRow = Selectable<AuditTable>;
export type OperationRow = Selectable<OperationsTable>;
export type NewStoreRow = Insertable<StoresTable>;
type StoreStatusColumn =
  | 'phase'
  | 'reason'
  | 'message'
  | 'conditions'
  | 'observed_generation'
  | 'verified_revision'
  | 'problem'
  | 'ready_at'
  | 'inventory'
  | 'sighting'
  | 'attention'
  | 'attempt'
  | 'restarted'
  | 'versions';
export type StoreStatusColumns = Pick<StoreRow, StoreStatusColumn>;

/** The database itself, or an open transaction. */
export type Database = Kysely<Tables>;
