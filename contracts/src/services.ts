/** Services that a server must provide. The router calls nothing else. */
import type { Caller } from './caller.ts';
import type { AccessService } from './access/access-service.ts';
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
  AskCredentials,
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
  /**
   * Reveals the administrator's login and records the caller. `unavailable` before there is a login. From a session of an
   * account, this and `loginLink` need a `reason`, and a sign-in of the last ten minutes: `sign_in_again` otherwise.
   */
  credentials(input: AskCredentials, caller: Caller): Promise<Credentials>;
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

export type { AccessService };

export interface Services {
  stores: StoreService;
  platform: PlatformService;
  access: AccessService;
}
