/** Kubernetes' events of one namespace as they come: one watch for all that follow it, and none when nobody does. */
import type { KubeEvent } from '@shopyard/contracts';
import type { Clock } from '../kit/clock.ts';
import { MAX_EVENTS, type RawEvent, toEvent } from './reads.ts';
import type { KubeClient } from '../kube/client.ts';
import { Reflector } from '../kube/reflector.ts';

export interface FollowedEvents extends Disposable {
  /** Newest first; undefined before the first list. */
  list(): KubeEvent[] | undefined;
  /** Why the cluster did not say them, when it last did not; undefined while it does. */
  trouble(): unknown;
}

export interface EventFeed {
  /** `notify`: there may be other events than before, or other trouble. */
  follow(namespace: string, notify: () => void): FollowedEvents;
}

interface Feed {
  reflector: Reflector<RawEvent, KubeEvent>;
  followers: Set<() => void>;
  error: unknown;
}

export function createEventFeed(client: KubeClient, clock: Clock): EventFeed {
  const feeds = new Map<string, Feed>();

  function open(namespace: string): Feed {
    const followers = new Set<() => void>();
    const tell = (): void => followers.forEach((notify) => notify());
    const reflector = new Reflector<RawEvent, KubeEvent>({
      client,
      path: `/api/v1/namespaces/${namespace}/events`,
      project: toEvent,
      onChange: tell,
      onHealth: tell,
      onError(error) {
        feed.error = error;
        tell();
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
      // One that follows twice is told twice.
      const follower = (): void => notify();
      feed.followers.add(follower);
      const { reflector } = feed;
      return {
        list() {
          if (!reflector.synced) return undefined;
          return [...reflector.values()].toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, MAX_EVENTS);
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
