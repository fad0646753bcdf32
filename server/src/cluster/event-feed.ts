/** Live Kubernetes events per namespace: one watch shared by all subscribers, none without subscribers. */
import type { KubeEvent } from '@shopyard/contracts';
import type { Clock } from '../kit/clock.ts';
import { newestFirst, type OrderedEvent, type RawEvent, toOrderedEvent } from './events.ts';
import type { KubeClient } from '../kube/client.ts';
import { Reflector } from '../kube/reflector.ts';

export interface FollowedEvents extends Disposable {
  /** Newest first; undefined before the first list. */
  list(): KubeEvent[] | undefined;
  /** The last error from the cluster; `undefined` while the watch works. */
  trouble(): unknown;
}

export interface EventFeed {
  /** `notify`: events or trouble may have changed. */
  follow(namespace: string, notify: () => void): FollowedEvents;
}

interface Feed {
  reflector: Reflector<RawEvent, OrderedEvent>;
  followers: Set<() => void>;
  error: unknown;
}

export function createEventFeed(client: KubeClient, clock: Clock): EventFeed {
  const feeds = new Map<string, Feed>();

  function open(namespace: string): Feed {
    const followers = new Set<() => void>();
    const notifyAll = (): void => followers.forEach((notify) => notify());
    const reflector = new Reflector<RawEvent, OrderedEvent>({
      client,
      path: `/api/v1/namespaces/${namespace}/events`,
      project: toOrderedEvent,
      onChange: notifyAll,
      onHealth: notifyAll,
      onError(error) {
        feed.error = error;
        notifyAll();
      },
      clock,
    });
    const feed: Feed = { reflector, followers, error: undefined };
    feeds.set(namespace, feed);
    reflector.start();
    return feed;
  }

  return {
    follow(namespace, notify) {
      const feed = feeds.get(namespace) ?? open(namespace);
      // A subscriber that follows twice is notified twice.
      const follower = (): void => notify();
      feed.followers.add(follower);
      const { reflector } = feed;
      return {
        list() {
          return reflector.synced ? newestFirst(reflector.values()) : undefined;
        },
        trouble: () => (reflector.staleSince === undefined ? undefined : feed.error),
        [Symbol.dispose]() {
          feed.followers.delete(follower);
          if (feed.followers.size > 0) return;
          if (feeds.get(namespace) === feed) feeds.delete(namespace);
          void reflector.close();
        },
      };
    },
  };
}
