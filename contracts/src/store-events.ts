/**
 * What is pushed over subscriptions.
 *
 * Every yield is tracked by `<epoch>:<seq>`: a client that reconnects with the last id it saw gets what it
 * missed, or a new snapshot when that is too old or from another run of the server.
 */
import type { Platform } from './platform.ts';
import type { StoreParts } from './store-detail.ts';
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
  | ({ type: 'detail'; store: Store; timeline: TimelineEntry[] } & StoreParts)
  | { type: 'removed'; id: string; name: string };
