/**
 * What is pushed over subscriptions.
 *
 * Every yield is tracked by `<epoch>:<seq>`: a client that reconnects with the last id it saw gets what it
 * missed, or a new snapshot when that is too old or from another run of the server.
 */
import type { Platform } from './platform.ts';
import type { KubeEvent, Mail, ReleaseContent, StoreParts } from './store-detail.ts';
import type { Store, TimelineEntry } from './store.ts';

/** One change of the list. `seq` rises by each change of the server's run, gaps are normal. */
export type StoreChange =
  | { type: 'store'; seq: number; store: Store }
  | { type: 'removed'; seq: number; id: string; name: string }
  | { type: 'platform'; seq: number; platform: Platform };

/** `stores.watch`: first a snapshot, then changes, several at once under load. */
export type StoresEvent =
  { type: 'snapshot'; stores: Store[]; platform: Platform } | { type: 'changes'; changes: StoreChange[] };

/** `stores.watchOne`: everything about one store, whole each time; `removed` is the last. */
export type StoreDetailEvent =
  | ({
      type: 'detail';
      /** The server's time, ISO 8601. */ now: string;
      store: Store;
      timeline: TimelineEntry[];
    } & StoreParts)
  | { type: 'removed'; id: string; name: string };

/** `stores.watchEvents`: all that Kubernetes keeps, newest first, whole each time; one sentence while the cluster does not answer. */
export interface KubeEventsEvent {
  events: KubeEvent[];
  trouble?: string;
}

/** `stores.watchMails`: the newest, newest first, whole each time. */
export interface MailsEvent {
  mails: Mail[];
}

/** `stores.watchRelease`: what helm installed, again for each revision; neither before there is one. */
export interface ReleaseEvent {
  release?: ReleaseContent;
  /** Why it could not be read, one sentence. The subscription ends with that error. */
  trouble?: string;
}
