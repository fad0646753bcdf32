/** Describes a kind of store, by data and pure functions. Its only I/O is the `ask` passed to it. */
import type { AdminPage, Reason, Setting } from '@shopyard/contracts';
import type { Ask, Verdict } from './ask.ts';
import type { CodePlaces, FoundCode } from './embedded-code.ts';

export interface Component {
  /** Name of its workload, and its value of the label `app.kubernetes.io/component`. */
  readonly name: string;
  /** For people, within a sentence. */
  readonly title: string;
  /** A `task` runs to completion. */
  readonly role: 'web' | 'database' | 'task';
  /** A `Job` runs once per revision of the release, which its name ends with, such as `NAME-3`. */
  readonly kind: 'Deployment' | 'StatefulSet' | 'Job' | 'CronJob';
  /** Port of the shop. `web` only. */
  readonly port?: number;
  /** Section of the values with its image and resources. */
  readonly valuesKey: string;
  /** Section with its resources, where that is another one. */
  readonly resourcesKey?: string;
  /** Claim for its data; `storage` of its section sets size and class. */
  readonly claim?: string;
}

/** Random text of this length; letters and digits that can't be confused, unless `alphabet` says otherwise. */
export type RandomText = (length: number, alphabet?: string) => string;

/** Seconds until a step is overdue. */
export interface Budgets {
  database: number;
  /** Includes the tasks. */
  application: number;
  storefront: number;
}

export interface Visit {
  /** The store's values over the platform's, without the chart's defaults. */
  values: Readonly<Record<string, unknown>>;
  /** It was never Ready: nothing in it is a merchant's choice yet. */
  isNew: boolean;
  /** Mail is captured locally and never leaves the machine. */
  keepsMail: boolean;
}

export interface SignIn {
  /** The store's own. */
  url: string;
  /** Contents of its Secret. */
  credentials: Readonly<Record<string, string>>;
  /** Page to show, below `adminPath`; empty for the first one. */
  to: string;
  random: RandomText;
}

/** Software of a change that may alter the database for good. */
export interface DatabaseChange {
  /** For people: `WooCommerce 11.0.1 → 11.1.0`. */
  what: string;
  /** It does, whatever is in the database; otherwise only the software itself can tell. */
  isCertain: boolean;
}

/** Page of the store that signs the administrator in once, within so many seconds; or why there is none, as a clause. */
export type SignInLink = { path: string; seconds: number } | { missing: string };

/** Two sets of effective values, of a store that has a database. */
export interface VersionChange {
  /** With which it was set up. */
  before: Readonly<Record<string, unknown>>;
  after: Readonly<Record<string, unknown>>;
  /** What its last complete setup reported, by name. */
  reported: Readonly<Record<string, string>>;
}

/** A value that names software too old for the database. `message`: a clause for that field, which says what fits. */
export interface Downgrade {
  path: readonly string[];
  message: string;
}

/** A version that a store's complete setup reports. */
export interface EngineVersion {
  readonly name: string;
  readonly title: string;
  /** Where the values say which one, perhaps among other things. */
  readonly path?: readonly string[];
  /** Not for people. */
  readonly isInternal?: boolean;
}

export interface Engine {
  /** Equals the `engine` of its stores. */
  readonly id: string;
  readonly title: string;
  /** Longer title, for a choice among engines. */
  readonly about: string;
  readonly embedded: {
    /** Describes stores that are not simulated, as the end of a sentence that begins "Stores here are". */
    readonly consistsOf: string;
    /** Address of the module that the embedded cluster loads to simulate or run such stores. */
    readonly module: string;
    /** Looks for what runs such stores for real. Absent: they are always simulated. */
    readonly findCode?: (places: CodePlaces) => FoundCode;
  };
  /** Path of its chart. */
  readonly chart: string;
  /** In display order: one `web`, one `database`, then tasks. */
  readonly components: readonly Component[];
  /** What people set, in display order. The chart's schema says what fits. */
  readonly settings: readonly Setting[];
  /** What its stores run, in display order. */
  readonly versions: readonly EngineVersion[];
  /** By reason: dotted fields of the values that fix it and that other engines don't have. */
  readonly fixes: Readonly<Partial<Record<Reason, readonly string[]>>>;
  /** What people call the administrator's pages, for a button. */
  readonly adminTitle: string;
  /** Path of the administrator's pages. */
  readonly adminPath: string;
  /** Paths relative to it. */
  readonly adminPages: Readonly<Partial<Record<AdminPage, string>>>;
  /** Keys of the administrator's login in the credentials. */
  readonly login: { readonly username: string; readonly password: string };
  /** Pod Security level that its pods pass. */
  readonly podSecurity: 'baseline' | 'restricted';
  /** Its stores send mail. */
  readonly mail: boolean;
  readonly budgets: Budgets;
  /** `Kind/name` of objects that every store of it needs, whatever its values; a missing one is drift. */
  essentials(revision: number): string[];
  /** Contents of a new store's Secret `store-credentials`. */
  credentials(store: { name: string }, random: RandomText): Record<string, string>;
  /** What of a change the database does not survive. */
  downgrades(change: VersionChange): Downgrade[];
  /** What of a change only a backup can undo. */
  databaseChanges(change: VersionChange): DatabaseChange[];
  /** Checks the shop as an anonymous customer, up to the checkout; places no order and leaves the cart empty. */
  verify(ask: Ask, visit: Visit): Promise<Verdict>;
  /** Makes a link that signs the administrator in. Absent if its stores take none. Rejects if the store doesn't answer. */
  readonly signIn?: (ask: Ask, request: SignIn) => Promise<SignInLink>;
}
