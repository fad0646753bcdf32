/** Services that a server must provide. The router calls nothing else. */
import type { Caller } from './capabilities.ts';
import type { AuditEntry, ListAudit } from './access/audit.ts';
import type { OnceCode } from './access/sign-in.ts';
import type { Member, PutTeam, SetMember, Team } from './access/teams.ts';
import type { CreateToken, NewToken, Token } from './access/tokens.ts';
import type { ChangePassword, ChangeUser, CreateUser, Invitation, Me, Session, User } from './access/users.ts';
import type { Adopt, Adoptable, AdoptableInput, Adoption } from './platform/adoption.ts';
import type { Chart, ChartInput, Overview, OverviewInput } from './platform/overview.ts';
import type { Platform } from './platform/platform.ts';
import type { KubeEvent, LogEvent, LogsInput, Mail, ReleaseContent } from './stores/store-detail.ts';
import type {
  KubeEventsEvent,
  MailsEvent,
  ReleaseEvent,
  StoreDetailUpdate,
  StoresUpdate,
} from './stores/store-events.ts';
import type { AskLoginLink, LoginLink } from './stores/login-link.ts';
import type { ListStores, StorePage } from './stores/store-page.ts';
import type {
  CompareRevisions,
  ListRevisions,
  RevisionComparison,
  RevisionPage,
  Rollback,
} from './stores/revisions.ts';
import type { ApplyPlan, PlanStore, StorePlan } from './stores/store-plan.ts';
import type { SetWindow } from './stores/change-window.ts';
import type { ApplyNow } from './stores/operation.ts';
import type { SetExpiry, SetSchedule } from './stores/store-schedule.ts';
import type { StoreSettings } from './stores/store-settings.ts';
import type {
  CreateStore,
  Credentials,
  ForceRemove,
  RestartStore,
  Store,
  SuspendStore,
  HistoryEntry,
  UpdateStore,
} from './stores/store.ts';

/** An event with the id from which a client resumes. */
export interface Tracked<T> {
  id: string;
  data: T;
}

export interface WatchOptions {
  /** Id of the last event that the client saw. */
  lastEventId?: string | undefined;
  signal: AbortSignal;
  /** Resolves once the connection can accept more. A slow reader waits here, at its own cost. */
  writable: () => Promise<void>;
}

/** All failures are `ShopyardError`s. */
export interface StoreService {
  /**
   * Accepts a store. `validation_failed` for values that the chart rejects, `name_taken` if a store with that name
   * exists, `idempotency_mismatch` for a used key with another body.
   */
  create(input: CreateStore, caller: Caller): Promise<Store>;
  /** All stores or one page of them, in order of creation. */
  list(page: ListStores, caller: Caller): Promise<StorePage>;
  /** `not_found` if the store doesn't exist or is gone. */
  get(id: string): Promise<Store>;
  /** Requests deletion, in any phase. Idempotent. */
  remove(id: string, caller: Caller): Promise<Store>;
  /**
   * Unblocks a store whose namespace is stuck in deletion: removes the finalizers from its own objects and records the
   * caller. `validation_failed` unless `confirm` is the store's name, `not_deleting` before its deletion was requested.
   */
  forceRemove(input: ForceRemove, caller: Caller): Promise<Store>;
  /** `unavailable` for a store of an engine that this server lacks. */
  values(id: string): Promise<StoreSettings>;
  /**
   * What `update` to these values, or `create` with them, would do; changes nothing. Refuses what those refuse,
   * `unavailable` if the cluster or helm doesn't answer. The plan is kept for ten minutes.
   */
  plan(input: PlanStore, caller: Caller): Promise<StorePlan>;
  /**
   * What `update` or `create` do. `plan_expired` for a plan that is not kept any more, `generation_mismatch` if the store has
   * another generation than it was planned for, `validation_failed` if the plan says that the cluster refuses something.
   */
  applyPlan(input: ApplyPlan, caller: Caller): Promise<Store>;
  /**
   * Replaces the store's values, its labels or both. Other values start a new generation. `being_deleted` once its
   * deletion was requested, `generation_mismatch` if it has another generation than the call expects, `downgrade_refused`
   * for software that is older than its database. Outside its window, other values of a store that works wait, and those of a
   * suspended one until it resumes: its generation stays until they begin to be applied. `busy` while a change waits already.
   */
  update(input: UpdateStore, caller: Caller): Promise<Store>;
  /** A store's revisions, newest first. Secrets are redacted. */
  revisions(input: ListRevisions): Promise<RevisionPage>;
  /**
   * What differs between two generations, if today's chart makes a store of each. `validation_failed` for a generation that
   * has no revision.
   */
  compareRevisions(input: CompareRevisions): Promise<RevisionComparison>;
  /**
   * Starts a new generation with the values of an earlier one; volumes keep what they have grown to. Refuses what `update`
   * refuses; `validation_failed` if there is no such revision, or none to go back to.
   */
  rollback(input: Rollback, caller: Caller): Promise<Store>;
  /** Retries immediately, ignoring any backoff, and recreates what failed. */
  retry(id: string, caller: Caller): Promise<Store>;
  /**
   * Replaces a component's pods, without helm and without a new generation. `validation_failed` for a component that doesn't
   * run all the time, `unavailable` while nothing of it runs.
   */
  restart(input: RestartStore, caller: Caller): Promise<Store>;
  /**
   * Ends the store's pods; volumes, address, credentials and release stay. Idempotent. `unavailable` where that would lose data,
   * and for a store that was only adopted.
   */
  suspend(input: SuspendStore, caller: Caller): Promise<Store>;
  /** Starts them again, and with them the change that waits for this. Idempotent. */
  resume(id: string, caller: Caller): Promise<Store>;
  /** Replaces the times at which the store is suspended and resumed, from now on. `validation_failed` by field. */
  setSchedule(input: SetSchedule, caller: Caller): Promise<Store>;
  /** Replaces the time at which the store is suspended or deleted. `validation_failed` for one that has passed. */
  setExpiry(input: SetExpiry, caller: Caller): Promise<Store>;
  /** Replaces when the store may be changed while it works. A change that waits follows it. */
  setWindow(input: SetWindow, caller: Caller): Promise<Store>;
  /** Takes back the change that waits. `unavailable` if none does, which includes one that has begun. */
  cancel(id: string, caller: Caller): Promise<Store>;
  /** Starts the change that waits for its window. `unavailable` if none does, and while the store is suspended. */
  applyNow(input: ApplyNow, caller: Caller): Promise<Store>;
  /** Reveals the administrator's login and records the caller. `unavailable` before there is a login. */
  credentials(id: string, caller: Caller): Promise<Credentials>;
  /**
   * A link that signs the administrator in once, and records the caller. `unavailable`, with the remedy, if the store can't
   * take one now.
   */
  loginLink(input: AskLoginLink, caller: Caller): Promise<LoginLink>;
  history(id: string): Promise<HistoryEntry[]>;
  /** Kubernetes events about the store's objects, newest first. `unavailable` if the cluster doesn't answer. */
  events(id: string): Promise<KubeEvent[]>;
  /** Captured mail, newest first. Only embedded stores capture mail. */
  mails(id: string): Promise<Mail[]>;
  /** `not_found` while the store has no release. */
  release(id: string): Promise<ReleaseContent>;
  /** Follows a container's log until it ends; resumes after `lastEventId`. `not_found` for an unknown container. */
  logs(input: LogsInput, options: WatchOptions): AsyncIterable<Tracked<LogEvent>>;
  /** Those of the caller's teams. */
  watch(options: WatchOptions, caller: Caller): AsyncIterable<Tracked<StoresUpdate>>;
  watchOne(id: string, options: WatchOptions): AsyncIterable<Tracked<StoreDetailUpdate>>;
  /** Like `events`, `mails` and `release`, repeated after each change. They end when the store is gone. */
  watchEvents(id: string, options: WatchOptions): AsyncIterable<Tracked<KubeEventsEvent>>;
  watchMails(id: string, options: WatchOptions): AsyncIterable<Tracked<MailsEvent>>;
  watchRelease(id: string, options: WatchOptions): AsyncIterable<Tracked<ReleaseEvent>>;
}

export interface PlatformService {
  /** Guards every mutation. `unavailable` while another Shopyard holds the cluster; names it and the remedy. */
  assertChangeable(): Promise<void>;
  get(): Platform;
  /** Of the stores of the caller's teams. */
  overview(input: OverviewInput, caller: Caller): Promise<Overview>;
  /** Like `overview`, repeated as stores change and time passes. */
  watchOverview(input: OverviewInput, options: WatchOptions, caller: Caller): AsyncIterable<Tracked<Overview>>;
  /** `not_found` for an engine, or a version of its chart, that this server lacks. */
  chart(input: ChartInput): Chart;
  /** Stores of other installations and the effects of adopting them. `unavailable` if the cluster doesn't answer. */
  adoptable(input: AdoptableInput): Promise<Adoptable>;
  /**
   * Adopts an installation's stores without changing them yet. `validation_failed` unless `confirm` is the
   * installation's id, `unavailable` if the cluster doesn't answer or this server may not write to it.
   */
  adopt(input: Adopt, caller: Caller): Promise<Adoption>;
}

/** There is nothing to tell. */
type Done = Record<string, never>;

export interface AccessService {
  me(caller: Caller): Promise<Me>;
  /** The caller's own, newest first; none for callers without an account. */
  sessions(caller: Caller): Promise<Session[]>;
  /** Also ends its open connections. `not_found` unless it is the caller's. */
  endSession(id: string, caller: Caller): Promise<Done>;
  /** Ends the caller's other sessions. `validation_failed` by field, `unavailable` for callers without a password. */
  changePassword(input: ChangePassword, caller: Caller): Promise<Done>;
  /** `unavailable` where nobody has to sign in, and once there are accounts. */
  createSignInCode(caller: Caller): Promise<OnceCode>;
  /** `unavailable` once there are accounts, and behind a proxy that signs people in. */
  createSetUpCode(caller: Caller): Promise<OnceCode>;
  /** By name. */
  users(): Promise<User[]>;
  /** `name_taken` if there is one, `unavailable` before the first account is set up. */
  createUser(input: CreateUser, caller: Caller): Promise<Invitation>;
  /** Ends what the user may no longer do. `validation_failed` for the last administrator. */
  changeUser(input: ChangeUser, caller: Caller): Promise<User>;
  /** The user's password stays until the invitation is used. */
  inviteUser(id: string, caller: Caller): Promise<Invitation>;
  /** The caller's own, newest first. */
  tokens(caller: Caller): Promise<Token[]>;
  /** Its secret is shown this once. `unavailable` for callers without an account. */
  createToken(input: CreateToken, caller: Caller): Promise<NewToken>;
  /** `not_found` unless it is the caller's. */
  revokeToken(id: string, caller: Caller): Promise<Done>;
  /** The caller's teams, or all of them for an administrator; by id. */
  teams(caller: Caller): Promise<Team[]>;
  /** `name_taken` if there is one. */
  createTeam(input: PutTeam, caller: Caller): Promise<Team>;
  /** Replaces its limits. What it has already stays. */
  changeTeam(input: PutTeam, caller: Caller): Promise<Team>;
  /** By name. `not_found` for a team that is none of the caller's. */
  members(team: string, caller: Caller): Promise<Member[]>;
  /** Ends what the user may no longer do. */
  setMember(input: SetMember, caller: Caller): Promise<Member[]>;
  /** Newest first, or oldest first after an entry. */
  audit(query: ListAudit): Promise<AuditEntry[]>;
  /** Called when a caller is refused for lack of a right. */
  noteRefusal(action: string, caller: Caller): Promise<void>;
}

export interface Services {
  stores: StoreService;
  platform: PlatformService;
  access: AccessService;
}
