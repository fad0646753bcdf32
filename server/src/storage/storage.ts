/**
 * 2 DESIRED STATE. What the server remembers: use cases write what should be, in `audited`; reconcilers write what is, in
 * `recorded`. Nothing else writes either, because the functions that do exist only inside these two. Callers see records,
 * never rows.
 *
 * Never await helm or Kubernetes inside a change: every other change waits for it. Inside one, read through its argument:
 * the storage's own reads may wait for the change to end.
 */
import type {
  ActivityEntry,
  AuditedAction,
  Caller,
  HistoryEntry,
  ChartPin,
  OperationKind,
  PlanStore,
  StoreProfile,
} from '@shopyard/contracts';
import type { PhaseChange } from '../domain/overview.ts';
import type { NewChange, OperationProgress, RunningOperation, WaitingChange } from '../domain/operations.ts';
import type { Revision, RevisionVerdict } from '../domain/revision.ts';
import type { AuditReads } from './audit-storage.ts';
import type { People, TeamReads } from './access-storage.ts';
import type { FoundSpec, StoreStatus, StoreRecord, StoreSpec } from '../domain/store.ts';

export interface Storage {
  readonly stores: StoreReads;
  readonly history: HistoryReads;
  readonly revisions: RevisionReads;
  readonly plans: KeptPlans;
  readonly operations: OperationReads;
  /** Who is let in. */
  readonly people: People;
  readonly audit: AuditReads;
  /** Commits the changes that `change` makes, each with the entry that says who asked for it, or nothing if it rejects. */
  audited<T>(call: AuditedCall, change: (writes: SpecWrites) => Promise<T>): Promise<T>;
  /** Commits status and history, or nothing if `change` rejects. */
  recorded<T>(change: (writes: StatusWrites) => Promise<T>): Promise<T>;
  /** True until `restore` has run once. */
  needsRestore(): Promise<boolean>;
  /** Inserts those stores of a lost storage whose id and name are unknown here, and returns them. */
  restore(found: readonly FoundSpec[], at: Date): Promise<StoreRecord[]>;
  /** Notes the charts of stores from before there were pins, by id, as found in their releases. Others keep theirs. */
  pinFound(charts: ReadonlyMap<string, ChartPin>): Promise<void>;
  /** Writes something. Throws if nothing can be written. */
  assertWritable(at: Date): Promise<void>;
  /** Why it can't be written, if this error says so. */
  troubleOf(error: unknown): StorageTrouble | undefined;
  close(): Promise<void>;
}

/** `full`: no space is left. `failing`: reading or writing fails. */
export type StorageTrouble = 'full' | 'failing' | 'read-only';

/** A record's `url` is computed each time that it is read: the server's port is known only once it listens. */
export interface StoreReads {
  find(id: string): Promise<StoreRecord | undefined>;
  findByName(name: string): Promise<StoreRecord | undefined>;
  /** Oldest first. */
  list(): Promise<StoreRecord[]>;
}

/**
 * A store's revisions are never changed once they have an outcome, except that a failed one may come to work, and a
 * rollback leaves one behind. They end with their store: its values may hold secrets.
 */
export interface RevisionReads {
  find(id: string, generation: number): Promise<Revision | undefined>;
  /** At most `limit`, newest first; only those of generations before `before`, if given. */
  list(id: string, page: { limit: number; before?: number | undefined }): Promise<Revision[]>;
}

export type OperationState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** Times are ISO 8601. */
export interface KeptOperation {
  id: string;
  kind: OperationKind;
  state: OperationState;
  generation: number;
  step: string;
  actor: string;
  reason?: string;
  /** Why it failed or was cancelled, if not by a call that says so. */
  error?: string;
  acceptedAt: string;
  /** Absent if it never ran. */
  startedAt?: string;
  endedAt?: string;
}

/** Of each store, one operation runs at most, and one waits. They end with their store. */
export interface OperationReads {
  /** The latest 100, newest first. */
  list(id: string): Promise<KeptOperation[]>;
  /** Of all stores, oldest first. */
  listWaiting(): Promise<{ storeId: string; change: WaitingChange }[]>;
}

/** A plan of a change or of a new store. */
export interface KeptPlan {
  id: string;
  input: PlanStore;
  /** Of its store when it was planned; 0 for a new one. */
  generation: number;
  /** Why it can't be applied, as a clause. */
  refused: string | undefined;
  /** Who planned it. */
  actor: string;
  /** ISO 8601. */
  expiresAt: string;
}

export interface KeptPlans {
  /** Forgets those that have expired by `at`, and all but the latest 200. */
  keep(plan: KeptPlan, at: Date): Promise<void>;
  /** `undefined` once it has expired. */
  find(id: string, at: Date): Promise<KeptPlan | undefined>;
}

/** The URL that the platform gives a store. */
export type UrlOf = (store: Pick<StoreSpec, 'name' | 'engine' | 'values'>) => string;

/** The history is appended to and never changed. It outlives its store. Times are ISO 8601. */
export interface HistoryReads {
  /** The latest 500 entries of one store, oldest first. */
  ofStore(id: string): Promise<HistoryEntry[]>;
  /** Every change of a phase since `from`, oldest first, and before them the phase that each store was in at that time. */
  phaseChanges(from: string): Promise<PhaseChange[]>;
  /** When a store became Ready for the first time, and how long after its creation that was. */
  firstReady(from: string): Promise<{ storeId: string; at: string; seconds: number }[]>;
  /** Every time that a store came to need attention since `from`. */
  attentionRaised(from: string): Promise<{ storeId: string; reason: string | null }[]>;
  /** What happened to all stores, those that are gone included, newest first. */
  activity(query: ActivityQuery): Promise<ActivityEntry[]>;
  /** When the history begins, ISO 8601; undefined while it is empty. */
  begins(): Promise<string | undefined>;
}

export interface ActivityQuery {
  limit: number;
  /** Only the times since then that stores came to need attention for this reason. */
  raised?: { reason: string; since: string };
}

export interface AuditedCall {
  caller: Caller;
  action: AuditedAction;
  at: Date;
  /** Goes into the entry. */
  detail?: string;
  /** The entry's name, where it is not the action's. */
  what?: string;
  /** Why, in the caller's words; goes into the entry and into the revision. */
  reason?: string | undefined;
}

/** A store that begins here. */
export type NewStore = Omit<StoreSpec, 'generation' | 'desired'>;

/** What a change returns if the store's desired state doesn't allow it: then nothing is written, and there is no entry. */
type Changed = Promise<StoreRecord | undefined>;

/**
 * Each accepted change appends its entry, and each that starts a generation with other values its revision. Those, and each
 * suspension and resume, begin an operation, which takes over what an operation before has not finished.
 */
export interface SpecWrites extends StoreReads {
  /** As they are in this change, for what depends on a team's limits. */
  readonly teams: TeamReads;
  /** What the caller's idempotency key stands for. A key lives for a day, and no longer than its store. */
  findCreated(): Promise<{ store: StoreRecord; request: string } | undefined>;
  /** Keeps the caller's idempotency key, if there is one, for this request. Throws if the name or the key is taken. */
  create(store: NewStore, request: string): Promise<StoreRecord>;
  /** Starts a new generation and clears the last failure; not once deletion was requested. */
  replaceValues(
    id: string,
    values: Record<string, unknown>,
    more?: { profile?: StoreProfile; chart?: ChartPin },
  ): Changed;
  /** The same, with the values and the chart of an earlier generation, `to`: the revisions since then count as rolled back. */
  rollBack(id: string, values: Record<string, unknown>, back: { to: number; chart?: ChartPin }): Changed;
  /**
   * Has other values wait until their window opens or, without one, until the store resumes: the store stays as it is, but for
   * another profile. Not once deletion was requested; throws if a change waits already.
   */
  keepWaiting(id: string, change: NewChange, profile?: StoreProfile): Changed;
  /** Starts the generation of the change that waits, with the revision of whoever asked for it; only of a store that is present. */
  startWaiting(id: string): Changed;
  /** Takes back the change that waits, or ends it for this error; the store stays as it is. `undefined` if none does. */
  endWaiting(id: string, error?: string): Changed;
  /** Has the change that waits wait until then or, without a time, until the store resumes. `undefined` if none does. */
  postpone(id: string, wait: Pick<NewChange, 'notBefore' | 'tz'>): Changed;
  /** Starts no generation, as nothing in the cluster depends on it; not once deletion was requested. */
  replaceProfile(id: string, profile: StoreProfile): Changed;
  /** Clears the last failure; unless already requested. */
  requestDeletion(id: string): Changed;
  /**
   * Starts a new generation, so that a deployed but broken release is applied again, together with its setup, and clears
   * the last failure and the inventory; not once deletion was requested. The values stay, so there is no revision.
   */
  requestRetry(id: string): Changed;
  /** Asks for new pods of this component, without a new generation; not of a held store, nor once deletion was requested. */
  requestRestart(id: string, component: string): Changed;
  /** Ends its pods and clears the last failure, without a new generation; not of a held store, and only of one that is present. */
  suspend(id: string): Changed;
  /**
   * Has it run again and clears the last failure, only of one that is suspended, and not held. Without a new generation, unless
   * a change waits for this, which begins.
   */
  resume(id: string): Changed;
  /** Clears the last failure of its deletion; only once deletion was requested. */
  retryDeletion(id: string): Changed;
  /** Allows its deletion to remove finalizers and clears the last failure; only once deletion was requested. */
  forceFinalizers(id: string): Changed;
  /** Takes over another installation's spec and discards the state known here. `undefined` if another store has the name. */
  adopt(found: FoundSpec): Changed;
  /** Changes nothing: the caller is about to get the store's login. */
  revealLogin(id: string): Promise<void>;
}

/** An entry of the history before it is numbered. */
export type NewEntry = Omit<HistoryEntry, 'seq'>;

export type ObservedSpec = Pick<StoreSpec, 'id' | 'generation' | 'desired'>;

/** No way to a spec, except that `deleteRecord` ends it. */
export interface StatusWrites {
  /**
   * Appends the entries, too. Returns `undefined`, and writes nothing, if the spec that the status was observed for was
   * replaced, or the store is gone.
   */
  update(observed: ObservedSpec, status: StoreStatus, entries: readonly NewEntry[]): Promise<StoreRecord | undefined>;
  /** Writes how far the operation that runs is; the same with what is left of it. `at`: ISO 8601. */
  advanceOperation(id: string, progress: OperationProgress, at: string): Promise<RunningOperation | undefined>;
  /** Writes what is known of the store's newest revision. What was verified stays so. */
  concludeRevision(id: string, verdict: RevisionVerdict): Promise<void>;
  /** Forgets the store, its idempotency key, its operations and its revisions. */
  deleteRecord(id: string, entry: NewEntry): Promise<void>;
}
