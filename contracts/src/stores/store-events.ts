/**
 * Events pushed over subscriptions.
 *
 * Every event's id is `<epoch>:<seq>`. A client that reconnects with the last id it saw gets the changes it missed, or
 * a new snapshot if the id is too old or from another run of the server.
 */
import type { Platform } from '../platform/platform.ts';
import type { KubeEvent, Mail, ReleaseContent, StoreParts } from './store-detail.ts';
import type { Store, HistoryEntry } from './store.ts';

/** One change of the list. `seq` increases within a run of the server; gaps are normal. */
export type StoreChange =
  | { type: 'store'; seq: number; store: Store }
  | { type: 'removed'; seq: number; id: string; name: string; team?: string }
  | { type: 'platform'; seq: number; platform: Platform };

/** `stores.watch`: first a snapshot, then changes, batched under load. */
export type StoresUpdate =
  { type: 'snapshot'; stores: Store[]; platform: Platform } | { type: 'changes'; changes: StoreChange[] };

/** `stores.watchOne`: everything about one store, in full each time; ends with `removed`. */
export type StoreDetailUpdate =
  | ({
      type: 'detail';
      /** The server's time, ISO 8601. */ now: string;
      store: Store;
      history: HistoryEntry[];
    } & StoreParts)
  | { type: 'removed'; id: string; name: string };

/** `stores.watchEvents`: all of a store's Kubernetes events, newest first, in full each time. */
export interface KubeEventsEvent {
  events: KubeEvent[];
  /** Why the cluster does not answer, one sentence. */
  trouble?: string;
}

/** `stores.watchMails`: the latest mails, newest first, in full each time. */
export interface MailsEvent {
  mails: Mail[];
}

/** `stores.watchRelease`: the installed release, again for each revision; no fields before the first one. */
export interface ReleaseEvent {
  release?: ReleaseContent;
  /** Why the release could not be read, one sentence. The subscription then ends with that error. */
  trouble?: string;
}
