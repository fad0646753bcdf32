/** Pushes a store's events, mail and release, each in full, now and after each change. */
import type { Store } from '@shopyard/contracts';
import type { StoreService, Tracked } from '@shopyard/contracts/services';
import { ShopyardError } from '@shopyard/contracts';
import type { EventFeed, FollowedEvents } from '../../cluster/event-feed.ts';
import type { LiveStores } from '../../live/live-stores.ts';
import { PUSH_WINDOW_MS } from '../../live/push-windows.ts';
import { turns } from '../turns.ts';
import { refuseUnreadable } from '../unreadable.ts';
import type { StoreReads } from './store-reads.ts';

export interface StoreFeedsOptions {
  liveStores: LiveStores;
  eventFeed: EventFeed;
  reads: Pick<StoreReads, 'get' | 'mails' | 'release'>;
  /** Calls `notify` when mail arrives, until the returned function is called. */
  onMail: (store: Store, notify: () => void) => () => void;
  /** Differs for each revision of the release and for each status of a revision. */
  releaseKeyOf: (store: Store) => string;
}

export function createStoreFeeds(
  options: StoreFeedsOptions,
): Pick<StoreService, 'watchEvents' | 'watchMails' | 'watchRelease'> {
  const { liveStores, eventFeed, onMail, releaseKeyOf } = options;
  const { get, mails, release } = options.reads;
  return {
    async *watchEvents(id, watch) {
      const { namespace } = await get(id);
      let followed: FollowedEvents | undefined;
      const listen = (notify: () => void): (() => void) => {
        const stop = liveStores.onTouch(id, () => liveStores.get(id) ?? notify());
        const following = (followed = eventFeed.follow(namespace, notify));
        return () => {
          stop();
          following[Symbol.dispose]();
        };
      };
      for await (const turn of turns({ listen, windowMs: PUSH_WINDOW_MS.feeds }, watch)) {
        if (!liveStores.get(id)) return;
        const trouble = troubleOf(followed?.trouble());
        const events = followed?.list();
        if (events ?? trouble) yield { id: String(turn), data: { events: events ?? [], ...trouble } };
      }
    },

    async *watchMails(id, watch) {
      const store = await get(id);
      const listen = (notify: () => void): (() => void) => {
        let stopMail = onMail(store, notify);
        // The store may have other volumes now.
        const stop = liveStores.onTouch(id, () => {
          stopMail();
          stopMail = onMail(store, notify);
          notify();
        });
        return () => {
          stop();
          stopMail();
        };
      };
      yield* whenOther(
        {
          turns: turns({ listen, windowMs: PUSH_WINDOW_MS.feeds }, watch),
          isThere: () => liveStores.get(id) !== undefined,
        },
        async () => ({ mails: await mails(id) }),
      );
    },

    async *watchRelease(id, watch) {
      await get(id);
      const listen = (notify: () => void): (() => void) => liveStores.onTouch(id, notify);
      let known: string | undefined;
      for await (const turn of turns({ listen, windowMs: PUSH_WINDOW_MS.feeds }, watch)) {
        const store = liveStores.get(id);
        if (!store) return;
        const key = releaseKeyOf(store);
        if (key === known) continue;
        known = key;
        try {
          yield { id: String(turn), data: { release: await release(id) } };
        } catch (error) {
          if (!(error instanceof ShopyardError)) throw error;
          const none = error.code === 'not_found';
          yield { id: String(turn), data: none ? {} : { trouble: error.message } };
          if (!none) throw error;
        }
      }
    },
  };
}

/** Yields the data read at each turn, unless it equals the last one sent. */
async function* whenOther<T>(
  { turns: given, isThere }: { turns: AsyncIterable<number>; isThere: () => boolean },
  read: () => Promise<T>,
): AsyncGenerator<Tracked<T>> {
  let sent: string | undefined;
  for await (const turn of given) {
    if (!isThere()) return;
    const data = await read();
    const text = JSON.stringify(data);
    if (text === sent) continue;
    sent = text;
    yield { id: String(turn), data };
  }
}

function troubleOf(error: unknown): { trouble: string } | undefined {
  if (error === undefined) return undefined;
  try {
    refuseUnreadable(error);
  } catch (refusal) {
    if (refusal instanceof ShopyardError) return { trouble: refusal.message };
    throw refusal;
  }
}
