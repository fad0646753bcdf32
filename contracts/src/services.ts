/** What a server must provide: the router below calls nothing else. */
import type { Adopt, Adoptable, AdoptableInput, Adoption } from './adoption.ts';
import type { Chart, Overview, OverviewInput } from './overview.ts';
import type { Platform } from './platform.ts';
import type { KubeEvent, LogEvent, LogsInput, Mail, ReleaseContent } from './store-detail.ts';
import type { KubeEventsEvent, MailsEvent, ReleaseEvent, StoreDetailEvent, StoresEvent } from './store-events.ts';
import type { ListStores, StorePage } from './store-page.ts';
import type { CreateStore, Credentials, ForceRemove, Store, TimelineEntry, UpdateStore } from './store.ts';

/** Who calls, and over which connection. */
export interface Caller {
  name: string;
  /** Key under which a repeated create answers with the first one's store. */
  idempotencyKey?: string | undefined;
}

/** An event with the id that a client resumes from. */
export interface Tracked<T> {
  id: string;
  data: T;
}

export interface WatchOptions {
  /** Id of the last event the client saw. */
  lastEventId?: string | undefined;
  signal: AbortSignal;
  /** Resolves when the connection can take more: a slow reader waits here, at its own cost. */
  writable: () => Promise<void>;
}

/** All failures are `ShopyardError`s. */
export interface StoreService {
  /** Accepts a store; `validation_failed` for values that the chart does not know, `name_taken` when one of that name exists, `idempotency_mismatch` for another body under a used key. */
  create(input: CreateStore, caller: Caller): Promise<Store>;
  /** In order of creation; all of them, or a page. */
  list(page: ListStores): Promise<StorePage>;
  /** `not_found` when there is none, or it is gone. */
  get(id: string): Promise<Store>;
  /** Asks for its removal, in any phase; asking again changes nothing. */
  remove(id: string, caller: Caller): Promise<Store>;
  /**
   * Removes a store whose namespace does not go: takes the finalizers off its own objects, and notes who asked.
   * `validation_failed` unless `confirm` is its name; `not_deleting` before its removal was asked for.
   */
  forceRemove(input: ForceRemove, caller: Caller): Promise<Store>;
  /** Replaces its values: a new generation. `being_deleted` once its removal was asked for. */
  update(input: UpdateStore, caller: Caller): Promise<Store>;
  /** Tries again at once, whatever back-off it is in; what failed is made anew. */
  retry(id: string, caller: Caller): Promise<Store>;
  /** Reveals the administrator's login, and notes who asked; `unavailable` before there is one. */
  credentials(id: string, caller: Caller): Promise<Credentials>;
  timeline(id: string): Promise<TimelineEntry[]>;
  /** What Kubernetes tells of its objects, newest first; `unavailable` when the cluster does not answer. */
  events(id: string): Promise<KubeEvent[]>;
  /** What it would have sent, newest first; none of stores that run on a real cluster, which send it. */
  mails(id: string): Promise<Mail[]>;
  /** `not_found` while it has no release. */
  release(id: string): Promise<ReleaseContent>;
  /** Follows a container until it ends; resumes after `lastEventId`. `not_found` for no such pod or container. */
  logs(input: LogsInput, options: WatchOptions): AsyncIterable<Tracked<LogEvent>>;
  watch(options: WatchOptions): AsyncIterable<Tracked<StoresEvent>>;
  watchOne(id: string, options: WatchOptions): AsyncIterable<Tracked<StoreDetailEvent>>;
  /** As `events`, `mails` and `release`, and again after each change; they end when the store is gone. */
  watchEvents(id: string, options: WatchOptions): AsyncIterable<Tracked<KubeEventsEvent>>;
  watchMails(id: string, options: WatchOptions): AsyncIterable<Tracked<MailsEvent>>;
  watchRelease(id: string, options: WatchOptions): AsyncIterable<Tracked<ReleaseEvent>>;
}

export interface PlatformService {
  /** Every mutation asks first. `unavailable` while another Shopyard has the cluster, with who that is and the remedy. */
  assertChangeable(): Promise<void>;
  get(): Platform;
  overview(input: OverviewInput): Promise<Overview>;
  /** As `overview`, and again as stores change and time goes on. */
  watchOverview(input: OverviewInput, options: WatchOptions): AsyncIterable<Tracked<Overview>>;
  chart(): Chart;
  /** The stores of other installations, and what managing them here would change; `unavailable` without the cluster. */
  adoptable(input: AdoptableInput): Promise<Adoptable>;
  /**
   * Takes them over, and changes nothing of them yet. `validation_failed` unless `confirm` is the installation's id,
   * `unavailable` when the cluster doesn't answer or this server may not write there.
   */
  adopt(input: Adopt, caller: Caller): Promise<Adoption>;
}

export interface Services {
  stores: StoreService;
  platform: PlatformService;
}
